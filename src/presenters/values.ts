import { z } from 'zod';

/** The schemas of values that answers share. */

/** The id of a record. */
export const recordId = z.int().min(1).meta({ description: 'The id.', example: 1 });

/** An instant, as `Date.toISOString` writes it. */
export const instant = z.iso.datetime({ precision: 3 }).max(30);

/** A number of records. */
export const count = z.int().min(0);

/** The names of an object's fields, which `?fields=` may choose from. */
export function namesOf<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>): string[] {
  return Object.keys(schema.shape);
}
