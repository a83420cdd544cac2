import type { Request } from 'express';
import { type Change, onChange } from '../../database/changes.js';
import type { HeaderList } from './headers.js';
import { origin } from './links.js';
import { type Given, headersOf } from './respond.js';
import type { Scope } from '../request/throttle.js';

/** The most that all answers may take, in bytes, and one of them. */
const TOTAL_BYTES = 32 * 2 ** 20;
const ANSWER_BYTES = 256 * 2 ** 10;
/** What an answer takes beside its text, about. */
const OVERHEAD_BYTES = 1_500;
/** What it takes to find it by a movie. */
const MOVIE_BYTES = 100;
/** How many addresses are remembered that were asked for once. */
const ASKED = 10_000;
/** Longer addresses are asked for once. */
const URL_LENGTH = 1_000;
const MS_PER_SECOND = 1_000;

/** An answer to a visitor without credentials, as it was sent. */
export interface HotAnswer {
  text: Buffer;
  tag: string;
  /** All headers but those that belong to one request. */
  headers: HeaderList;
  /** The same without those of the text, for a client that has it. */
  bare: HeaderList;
  /** The route that gave it. */
  route: { path: string; throttle?: Scope };
}

interface Kept extends HotAnswer {
  /** When its data began to be read. */
  began: number;
  until: number;
  bytes: number;
  /** The movies whose change ends it; null where any movie's does. */
  movies: readonly number[] | null;
}

/** An answer that is to be kept, before its data are read. */
export interface Filling {
  key: string;
  /** How many changes there had been. */
  changes: number;
  time: number;
  /** The answer, once there is one; null where the request was refused. */
  answer: Promise<HotAnswer | null>;
  settle: (answer: HotAnswer | null) => void;
}

/** How answers are kept. */
export interface Keeping {
  /** How long at most; 0 keeps none. */
  seconds: number;
  /** Since when this process has heard of every change of its database; null where it may have missed some. */
  since: () => number | null;
  /** Whether answers that are not kept come from read replicas, which may be behind. */
  replicas: boolean;
}

/**
 * Answers to visitors without credentials, kept for a moment in this process: until something that they show changes,
 * here or in a process that says so, and no longer than a second, in which one that cannot may have changed it.
 */
export class HotAnswers {
  /** In the order in which they came, and so in that of their ends. */
  private readonly answers = new Map<string, Kept>();
  private readonly byMovie = new Map<number, Set<string>>();
  private readonly byAnyMovie = new Set<string>();
  /** Those that are being worked out. */
  private readonly fillings = new Map<string, Filling>();
  private bytes = 0;
  private changes = 0;
  /** When answers that are not kept were asked for last, in that order. */
  private readonly asked = new Map<string, number>();
  private readonly unsubscribe: () => void;

  constructor(private readonly keeping: Keeping) {
    this.unsubscribe = onChange((change) => this.drop(change));
  }

  /**
   * Asked before the data of an answer are read: null where it will not be kept. What will be must be read from the
   * primary, and `end` be called in any case. To leave the replicas their work, behind them only what is asked for again
   * is kept.
   */
  begin(request: Request): Filling | null {
    const { seconds, since, replicas } = this.keeping;
    const key = seconds === 0 ? null : keyOf(request);
    if (key === null || since() === null) return null;
    if (replicas && !this.askedAgain(key)) return null;
    let settle!: Filling['settle'];
    const answer = new Promise<HotAnswer | null>((resolve) => {
      settle = resolve;
    });
    const filling = { key, changes: this.changes, time: performance.now(), answer, settle };
    this.fillings.set(key, filling);
    return filling;
  }

  /** Ends what `begin` began, for a request that was refused too. */
  end(filling: Filling): void {
    filling.settle(null);
    if (this.fillings.get(filling.key) === filling) this.fillings.delete(filling.key);
  }

  /**
   * The answer to this request that another one is waiting for already, or undefined. Nothing has changed since that
   * one came, so what it reads is no older than this request.
   */
  coming(request: Request): Promise<HotAnswer | null> | undefined {
    const key = this.fillings.size === 0 ? null : keyOf(request);
    const filling = key === null ? undefined : this.fillings.get(key);
    const { seconds, since: sinceWhen } = this.keeping;
    const since = sinceWhen();
    if (!filling || since === null || filling.changes !== this.changes) return undefined;
    const isFresh = filling.time >= since && performance.now() - filling.time < seconds * MS_PER_SECOND;
    return isFresh ? filling.answer : undefined;
  }

  private askedAgain(key: string): boolean {
    const now = performance.now();
    const before = this.asked.get(key);
    this.asked.delete(key);
    this.asked.set(key, now);
    for (const oldest of this.asked.keys()) {
      if (this.asked.size <= ASKED) break;
      this.asked.delete(oldest);
    }
    return before !== undefined && now - before < this.keeping.seconds * MS_PER_SECOND;
  }

  /** The answer to this request, or undefined where it has to be worked out. */
  find(request: Request): HotAnswer | undefined {
    const key = this.answers.size === 0 ? null : keyOf(request);
    const kept = key === null ? undefined : this.answers.get(key);
    const since = this.keeping.since();
    if (key === null || !kept || since === null) return undefined;
    if (kept.until < performance.now() || kept.began < since) {
      this.remove(key, kept);
      return undefined;
    }
    return kept;
  }

  /**
   * Keeps an answer, unless something has changed since its data were read, and gives it to those who wait for it.
   * @param movies the movies whose change ends it; null where any movie's does
   */
  keep(
    { key, changes, time, settle }: Filling,
    answer: Given & { route: HotAnswer['route']; movies: readonly number[] | null },
  ): void {
    const { movies, headers: bare } = answer;
    const text = Buffer.from(answer.text);
    const kept: Kept = {
      text,
      tag: answer.tag,
      route: answer.route,
      headers: [...bare, ...headersOf(text)],
      bare,
      began: time,
      until: time + this.keeping.seconds * MS_PER_SECOND,
      bytes: text.length + 2 * key.length + MOVIE_BYTES * (movies?.length ?? 0) + OVERHEAD_BYTES,
      movies,
    };
    settle(kept);
    if (changes !== this.changes || text.length > ANSWER_BYTES) return;
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
    this.asked.clear();
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
