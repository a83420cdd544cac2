import { z } from 'zod';

/** The kinds of value that answers are made of. */

/** The id of a record. */
export const recordId = z.int().min(1).meta({ description: 'The id.', example: 1 });

/** An instant, as `Date.toISOString` writes it. */
export const instant = z.iso.datetime({ precision: 3 }).max(30);

/** How many there are of something. */
export const count = z.int().min(0);

/** The names of an object's fields, as `?fields=` may ask for them. */
export function namesOf<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>): string[] {
  return Object.keys(schema.shape);
}
