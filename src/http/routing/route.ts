import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Door } from '../../audit/acting-as.js';
import type { Action, Actor, Subject } from '../../policies/policies.js';
import type { Answer, Answers } from '../response/answers.js';
import type { Credentials } from '../request/authentication.js';
import type { Faults } from '../errors.js';
import type { Attempt, Scope } from '../request/throttle.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The checked parts of a request, as a handler gets them. */
export interface Context<Record = unknown, Body = unknown, Query = unknown> {
  request: Request;
  /** Null where the request bears no credentials. */
  credentials: Credentials | null;
  actor: Actor | null;
  /** Through what the request comes. */
  door: Door;
  /** The `:id` of the path. */
  id: number;
  /** The record that `load` found. In a write it is locked, and the write is in the same transaction. */
  record: Record;
  body: Body;
  query: Query;
  /** The names in `?fields=` of a GET; null for all. What none of them shows need not be read. */
  fields: readonly string[] | null;
  /** Counts an attempt against an account: see `Throttles.countAttempt`. */
  countAttempt: (kind: Attempt, name: string) => Promise<void>;
}

/** A request's body before its schema has checked it. */
type SentBody = { [name: string]: unknown };

/** A file that a request sends as its body, or as a part of a multipart form. */
export interface Upload<Body = unknown> {
  /** The form's field. */
  field: string;
  /** The media types that it may have. */
  types: readonly string[];
  /** The most bytes. */
  limit: number;
  /** Whether files are counted before they are read, also those that are refused, and few are read at once. */
  isLimited?: boolean;
  /** What it may be refused for, in the words of the documentation: by its kind, and as broken. */
  refusals: { kind: string; broken: string };
  /** Reads the file and makes of it what the handler gets as its body, outside of transactions. */
  receive: (request: Request, response: Response) => Promise<Body>;
}

/** The rate limit of a request, on top of those of every request. */
export function scopeOf({ throttle }: AnyRoute, request: Request): Scope | undefined {
  return typeof throttle === 'function' ? throttle(request) : throttle;
}

/** One line of a route table. */
export interface Route<
  Record = unknown,
  Body = unknown,
  Query = unknown,
  Given extends Answer = Answer,
  Found = unknown,
> {
  method: Method;
  path: string;
  /** A rate limit on top of those of every request, or the one for what a request asks of the route. */
  throttle?: Scope | ((request: Request) => Scope);
  /** Who may: checked before the record is loaded and again with it. */
  policy: { [S in Subject]: [S, Action<S>] }[Subject];
  /** The successful answer. */
  answers: Answers<Given>;
  query?: z.ZodType<Query>;
  /** The names that `?fields=` may choose from. */
  fields?: readonly string[];
  body?: z.ZodType<Body>;
  /** The names of parameters and form fields that may come several times, of which all values count. */
  lists?: readonly string[];
  /** The file that the body is, in place of `body`. */
  upload?: Upload<Body>;
  /** Fields of the body that this actor cannot write: they are ignored, whatever they hold. */
  readOnly?: (actor: Actor | null) => readonly string[];
  /** Whether the handler refuses what breaks a rule that is none of the body's, under `non_field_errors`. */
  rules?: boolean;
  /** Whether the caller may lack what the route is about, which it refuses with a 404. */
  mayBeMissing?: boolean;
  /** Faults of the body that its schema cannot see; they are reported together with the schema's. */
  bodyFaults?: (body: SentBody, credentials: Credentials | null) => Promise<Faults>;
  /**
   * Looks up the records that the body names, once a request. The handler finds them in its body. A name of no record
   * is a fault, and is reported together with the schema's.
   */
  lookUp?: (body: SentBody) => Promise<{ found: Found } | { faults: Faults }>;
  /**
   * Finds the record that the path names, if the actor may see it; `lock` keeps others from changing it. It is called without
   * and then with `lock`, with what it has found before.
   */
  load?: (
    id: number,
    actor: Actor | null,
    options: { lock: boolean; seen?: Record | undefined },
  ) => Promise<Record | null>;
  /**
   * Whether the handler itself finds the record and refuses a missing one. Then `load` is only called where the request
   * is refused for its body, since a missing record is refused before a body.
   */
  loadLate?: boolean;
  /** The movie that the write locks: the write waits for its turn there before it takes a connection. */
  movie?: (found: { id: number; record: Record }) => number;
  /** Takes the locks that come before the record's in the lock order, in the transaction of the write. */
  lockFirst?: (id: number, body: Body & Found) => Promise<void>;
  /** The record as its GET shows it, from which the entity tag is made that `If-Match` is compared with. */
  represent?: (record: Record, request: Request) => Promise<object>;
  /** Whether an `Idempotency-Key` is honoured. */
  idempotent?: boolean;
  handle: (context: Context<Record, Body & Found, Query>) => Promise<NoInfer<Given>>;
  /**
   * Set on a GET whose answer is the same for every anonymous request, and may be cached (see `ResponseCache`): the
   * movies whose change, or whose reviews' change, changes the answer; null where any movie's may.
   */
  shows?: (answer: Answer, context: Context<Record, Body, Query>) => readonly number[] | null;
}

/** A route whose types are erased, for tables of routes. */
export type AnyRoute = Route;

/** Makes a line of a route table. The types of record, body, query and answer are inferred from its parts. */
export function route<Record, Body, Query, Given extends Answer, Found>(
  method: Method,
  path: string,
  line: Omit<Route<Record, Body, Query, Given, Found>, 'method' | 'path'>,
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
