import type { OutgoingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';
import { type Change, onChange } from '../models/changes.js';
import { origin } from './links.js';
import type { Scope } from './throttle.js';

/** The most that all answers may take, in bytes, and one of them. */
const TOTAL_BYTES = 32 * 2 ** 20;
const ANSWER_BYTES = 256 * 2 ** 10;
/** What an answer takes beside its text, about. */
const OVERHEAD_BYTES = 1_500;
/** Longer addresses are asked for once. */
const URL_LENGTH = 1_000;
const JSON_TYPE = 'application/json; charset=utf-8';
const MS_PER_SECOND = 1_000;

/** Headers that belong to one request. */
const OWN_HEADERS = /^(x-request-id|ratelimit|ratelimit-policy|retry-after|connection|keep-alive|date)$/;

/** An answer to a visitor without credentials, as it was sent. */
export interface HotAnswer {
  text: Buffer;
  tag: string;
  headers: OutgoingHttpHeaders;
  /** The headers without those of the text, for a client that has it. */
  bare: OutgoingHttpHeaders;
  /** The route that gave it. */
  route: { path: string; throttle?: Scope };
}

interface Kept extends HotAnswer {
  began: number;
  until: number;
  bytes: number;
  /** The movies whose change ends it; null where any movie's does. */
  movies: readonly number[] | null;
}

/** A moment, to tell whether something has changed since. */
export interface Moment {
  change: number;
  time: number;
}

/**
 * Answers to visitors without credentials, kept for a moment in this process: until something that they show changes
 * here, and no longer than a second, in which another process may have changed it.
 */
export class HotAnswers {
  private readonly answers = new Map<string, Kept>();
  private readonly byMovie = new Map<number, Set<string>>();
  private readonly byAnyMovie = new Set<string>();
  private bytes = 0;
  private changes = 0;
  private readonly unsubscribe: () => void;

  /**
   * @param seconds how long an answer is kept at most; 0 keeps none
   * @param since when this process came to be the only one that serves its database; null where it is not
   */
  constructor(
    private readonly seconds: number,
    private readonly since: () => number | null,
  ) {
    this.unsubscribe = onChange((change) => this.drop(change));
  }

  /** Now: taken before an answer's data are read. */
  moment(): Moment {
    return { change: this.changes, time: performance.now() };
  }

  /** The answer to this request, or undefined where it has to be worked out. */
  find(request: Request): HotAnswer | undefined {
    const key = keyOf(request);
    const kept = key === null ? undefined : this.answers.get(key);
    const since = this.since();
    if (key === null || !kept || since === null) return undefined;
    if (kept.until < performance.now() || kept.began < since) {
      this.remove(key, kept);
      return undefined;
    }
    // Those that were asked for last are at the end.
    this.answers.delete(key);
    this.answers.set(key, kept);
    return kept;
  }

  /**
   * Keeps an answer, unless something has changed since its data were read.
   * @param began when reading began
   * @param movies the movies whose change ends it; null where any movie's does
   */
  keep(
    request: Request,
    response: Response,
    answer: { text: string; tag: string; route: HotAnswer['route'] },
    { began, movies }: { began: Moment; movies: readonly number[] | null },
  ): void {
    const key = keyOf(request);
    if (this.seconds === 0 || key === null || began.change !== this.changes || this.since() === null) return;
    const text = Buffer.from(answer.text);
    if (text.length > ANSWER_BYTES) return;
    const headers = Object.fromEntries(
      Object.entries(response.getHeaders()).filter(([name]) => !OWN_HEADERS.test(name)),
    );
    const { 'content-type': _type, 'content-length': _length, ...bare } = headers;
    const kept: Kept = {
      text,
      tag: answer.tag,
      route: answer.route,
      headers: { ...headers, 'content-type': JSON_TYPE, 'content-length': text.length },
      bare,
      began: began.time,
      until: began.time + this.seconds * MS_PER_SECOND,
      bytes: text.length + 2 * key.length + OVERHEAD_BYTES,
      movies,
    };
    const before = this.answers.get(key);
    if (before) this.remove(key, before);
    this.answers.set(key, kept);
    this.bytes += kept.bytes;
    for (const id of movies ?? []) {
      const keys = this.byMovie.get(id);
      if (keys) keys.add(key);
      else this.byMovie.set(id, new Set([key]));
    }
    if (!movies) this.byAnyMovie.add(key);
    for (const [oldest, old] of this.answers) {
      if (this.bytes <= TOTAL_BYTES) break;
      this.remove(oldest, old);
    }
  }

  close(): void {
    this.unsubscribe();
    this.drop('everything');
  }

  private drop(change: Change): void {
    this.changes += 1;
    if (change === 'everything') {
      this.answers.clear();
      this.byMovie.clear();
      this.byAnyMovie.clear();
      this.bytes = 0;
      return;
    }
    for (const id of change) this.removeAll(this.byMovie.get(id));
    this.removeAll(this.byAnyMovie);
  }

  private removeAll(keys: Set<string> | undefined): void {
    for (const key of keys ?? []) {
      const kept = this.answers.get(key);
      if (kept) this.remove(key, kept);
    }
  }

  private remove(key: string, kept: Kept): void {
    this.answers.delete(key);
    this.byAnyMovie.delete(key);
    this.bytes -= kept.bytes;
    for (const id of kept.movies ?? []) {
      const keys = this.byMovie.get(id);
      keys?.delete(key);
      if (keys?.size === 0) this.byMovie.delete(id);
    }
  }
}

/** What an answer depends on beside the data, or null where the request is not one that is answered from memory. */
function keyOf(request: Request): string | null {
  const { method, headers } = request;
  const url = request.originalUrl;
  const special =
    method !== 'GET' ||
    url.length > URL_LENGTH ||
    headers.authorization !== undefined ||
    headers.origin !== undefined ||
    headers['content-length'] !== undefined ||
    headers['transfer-encoding'] !== undefined;
  // Addresses in an answer begin with what the client, or the proxy in front, calls this server.
  return special ? null : `${origin(request)}${url}`;
}
