import type { Readable } from 'node:stream';
import type { z } from 'zod';

/** One page of a list, with the addresses of the pages beside it. */
export interface Page<Row> {
  /** The number of rows in the whole list; the cursor style has none. */
  count?: number;
  next: string | null;
  previous: string | null;
  results: Row[];
  /** Whether the rows alone are the body. */
  isBare?: boolean;
}

/** A file to be downloaded. */
export interface Download {
  /** What it is saved as. */
  name: string;
  bytes: number;
  content: Readable;
}

/** The result of a handler. */
export type Answer =
  | { status: number; body?: object; headers?: { [name: string]: string }; file?: Download }
  | { page: Page<object> };

/** The successful answer that a route declares. The handler's type must match it, and the OpenAPI document shows it. */
export interface Answers<Given extends Answer = Answer> {
  status: number;
  /** The schema of the body, or of a page's rows; undefined where there is no body. */
  schema?: z.ZodType;
  page: boolean;
  /** The media type of the file that the answer is, where it is one. */
  type?: string;
  /** Never set: carries the handler's type. */
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

/** 200 with a file of this media type. */
export function download(type: string): Answers<{ status: number; file: Download }> {
  return { status: 200, page: false, type };
}

/** 200 with a page of these rows. */
export function pageOf<Row extends object>(schema: z.ZodType<Row>): Answers<{ page: Page<Row> }> {
  return { status: 200, schema, page: true };
}
