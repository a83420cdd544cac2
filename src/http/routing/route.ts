import type { Request } from 'express';
import type { z } from 'zod';
import type { Action, Actor, Subject } from '../../policies/policies.js';
import type { Answer, Answers } from '../response/answers.js';
import type { Credentials } from '../request/authentication.js';
import type { Faults } from '../errors.js';
import type { Scope } from '../request/throttle.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a handler is given: all of it checked. */
export interface Context<Record = unknown, Body = unknown, Query = unknown> {
  request: Request;
  /** Null where the request bears no credentials. */
  credentials: Credentials | null;
  actor: Actor | null;
  /** The `:id` of the path. */
  id: number;
  /** What `load` found; in a write it is locked, and the write is in the same transaction. */
  record: Record;
  body: Body;
  query: Query;
}

/** One line of a route table. */
export interface Route<Record = unknown, Body = unknown, Query = unknown, Given extends Answer = Answer> {
  method: Method;
  path: string;
  /** A limit on top of those that hold for every request. */
  throttle?: Scope;
  /** Who may: asked before the record is loaded and again with it. */
  policy: { [S in Subject]: [S, Action<S>] }[Subject];
  /** What it answers when all goes well. */
  answers: Answers<Given>;
  query?: z.ZodType<Query>;
  /** The names that `?fields=` may choose from. */
  fields?: readonly string[];
  body?: z.ZodType<Body>;
  /** Fields of the body that this one cannot write: they are ignored, whatever they hold. */
  readOnly?: (actor: Actor | null) => readonly string[];
  /** Faults of the body that its schema alone cannot see; they are reported together with the schema's. */
  bodyFaults?: (body: { [name: string]: unknown }, credentials: Credentials | null) => Promise<Faults>;
  /** Finds the record that the path names, for someone who may see it; `lock` keeps others from changing it. */
  load?: (id: number, actor: Actor | null, options: { lock: boolean }) => Promise<Record | null>;
  /**
   * Whether the handler itself finds the record, and refuses a missing one: then it is not loaded beforehand, but where
   * the request is refused for its body.
   */
  loadLate?: boolean;
  /** Takes the locks that must be taken before the record's, in the transaction of the write. */
  lockFirst?: (id: number, body: Body) => Promise<void>;
  /** The record as a GET of it shows it; the entity tag that `If-Match` means is made of this. */
  represent?: (record: Record) => Promise<object>;
  /** Whether an `Idempotency-Key` is honoured. */
  idempotent?: boolean;
  handle: (context: Context<Record, Body, Query>) => Promise<NoInfer<Given>>;
  /**
   * For a GET that answers all visitors without credentials alike: the movies whose change, or whose reviews' change,
   * changes the answer; null where any movie's may. Such answers are kept for a moment, see `ResponseCache`.
   */
  shows?: (answer: Answer, context: Context<Record, Body, Query>) => readonly number[] | null;
}

/** A route whose parts fit together, in a table of routes that have nothing in common. */
export type AnyRoute = Route;

/** Makes a line of a route table; the types of record, body, query and answer follow from its parts. */
export function route<Record, Body, Query, Given extends Answer>(
  method: Method,
  path: string,
  line: Omit<Route<Record, Body, Query, Given>, 'method' | 'path'>,
): AnyRoute {
  return { method, path, ...line } as unknown as AnyRoute;
}

/** The handler of a route that deletes its record. */
export async function deleteRecord({
  record,
}: {
  record: { destroy(): Promise<void> };
}): Promise<{ status: number }> {
  await record.destroy();
  return { status: 204 };
}
