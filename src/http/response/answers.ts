import type { z } from 'zod';
import type { Answer } from '../routing/route.js';
import type { Page } from '../lists/paging.js';

/** What a route answers when all goes well: the handler's type is held to it, and the documentation shows it. */
export interface Answers<Given extends Answer = Answer> {
  status: number;
  /** The body, or of a page each of its rows; undefined where there is no body. */
  schema?: z.ZodType;
  page: boolean;
  /** Never there: it carries the handler's type. */
  given?: Given;
}

/** 200 with this body. */
export function ok<Body extends object>(schema: z.ZodType<Body>): Answers<{ status: number; body: Body }> {
  return { status: 200, schema, page: false };
}

/** 201 with this body. */
export function created<Body extends object>(
  schema: z.ZodType<Body>,
): Answers<{ status: number; body: Body }> {
  return { status: 201, schema, page: false };
}

/** 204 without a body. */
export function nothing(): Answers<{ status: number }> {
  return { status: 204, page: false };
}

/** 200 with a page of such rows. */
export function pageOf<Row extends object>(schema: z.ZodType<Row>): Answers<{ page: Page<Row> }> {
  return { status: 200, schema, page: true };
}
