import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import { type Change, onChange } from '../../database/changes.js';
import type { Scope } from '../request/throttle.js';
import type { HeaderList } from './headers.js';
import { keyOf } from './cache-key.js';
import type { RenderedResponse } from './respond.js';

/** The most bytes of all entries together, and of one. */
const TOTAL_BYTES = 32 * 2 ** 20;
const ENTRY_BYTES = 256 * 2 ** 10;
/** The estimated bytes of an entry besides its text, and of its index under one movie. */
const OVERHEAD_BYTES = 1_500;
const MOVIE_BYTES = 100;
/** The most addresses remembered as requested once. */
const RECENT = 10_000;
const MS_PER_SECOND = 1_000;

/** A response to an anonymous request, as it was sent. */
export interface CachedResponse {
  text: Buffer;
  tag: string;
  /** All headers but those that belong to one request. */
  headers: HeaderList;
  /** The headers of a 304: those without the text's own. */
  bareHeaders: HeaderList;
  /** The route that answered. */
  route: { path: string; throttle?: Scope };
}

interface Entry extends CachedResponse {
  /** When its data began to be read. */
  began: number;
  until: number;
  bytes: number;
  /** The movies whose change ends it; null where any movie's does. */
  movies: readonly number[] | null;
}

/** A response that will be cached. Its data are yet to be read. */
export interface PendingResponse {
  key: string;
  /** The number of changes before it. */
  changes: number;
  time: number;
  /** The response, once it exists; null where the request was refused. */
  response: Promise<CachedResponse | null>;
  settle: (response: CachedResponse | null) => void;
}

/** What a response cache has done, and what it holds. */
export interface CacheFigures {
  /** Requests that were answered from it, those that shared an answer that was being made counted. */
  hits: number;
  /** Requests whose answer had to be made. */
  misses: number;
  /** Answers that were kept. */
  kept: number;
  /** Answers that ended: as a record changed, by age, or for want of room. */
  ended: { change: number; age: number; room: number };
  entries: number;
  bytes: number;
}

/** The options of a response cache. */
export interface CacheOptions {
  /** How long a response is cached at most; 0 caches none. */
  seconds: number;
  /** Since when this process has received every change of its database; null where it may have missed some. */
  completeSince: () => number | null;
  /** Whether responses that are not cached come from read replicas, whose rows may be stale. */
  replicas: boolean;
}

/**
 * Response cache for anonymous requests. An entry ends when a record that it shows changes, in this process or in one
 * that sends invalidations, and after `seconds` at the latest, for changes by a process that sends none.
 */
export class ResponseCache {
  private readonly entries = new LRUCache<string, Entry>({
    maxSize: TOTAL_BYTES,
    maxEntrySize: ENTRY_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
    dispose: (entry, key, reason) => {
      this.unlink(key, entry);
      if (reason === 'evict') this.counts.ended.room += 1;
      if (reason === 'delete') this.counts.ended.change += 1;
    },
  });
  private readonly counts = { hits: 0, misses: 0, kept: 0, ended: { change: 0, age: 0, room: 0 } };
  private readonly byMovie = new Map<number, Set<string>>();
  private readonly byAnyMovie = new Set<string>();
  private readonly pending = new Map<string, PendingResponse>();
  private changes = 0;
  /** When responses that are not cached were last requested. */
  private readonly recent = new LRUCache<string, number>({ max: RECENT });
  private readonly unsubscribe: () => void;

  constructor(private readonly options: CacheOptions) {
    this.unsubscribe = onChange((change) => this.invalidate(change));
  }

  /**
   * Announces a response before its data are read. The data must come from the primary, and `end` must be called in any
   * case. With replicas only a repeated request is cached, so that the first goes to a replica.
   * @param variant what else the response depends on, such as a language
   * @returns null where the response will not be cached
   */
  begin(request: Request, variant = ''): PendingResponse | null {
    const { seconds, completeSince, replicas } = this.options;
    const key = seconds === 0 ? null : keyOf(request, variant);
    if (key === null || completeSince() === null) return null;
    if (replicas && !this.isRepeated(key)) return null;
    let settle!: PendingResponse['settle'];
    const response = new Promise<CachedResponse | null>((resolve) => {
      settle = resolve;
    });
    const pending = { key, changes: this.changes, time: performance.now(), response, settle };
    this.pending.set(key, pending);
    this.counts.misses += 1;
    return pending;
  }

  /** Ends what `begin` announced. A refused request has stored nothing. */
  end(pending: PendingResponse): void {
    pending.settle(null);
    if (this.pending.get(pending.key) === pending) this.pending.delete(pending.key);
  }

  /**
   * The response that another request with the same key is waiting for, or undefined. Nothing has changed since that
   * request came, so its data are no older than this request.
   */
  findPending(request: Request, variant = ''): Promise<CachedResponse | null> | undefined {
    const key = this.pending.size === 0 ? null : keyOf(request, variant);
    const pending = key === null ? undefined : this.pending.get(key);
    const { seconds, completeSince } = this.options;
    const since = completeSince();
    if (!pending || since === null || pending.changes !== this.changes) return undefined;
    const isFresh = pending.time >= since && performance.now() - pending.time < seconds * MS_PER_SECOND;
    if (!isFresh) return undefined;
    this.counts.hits += 1;
    return pending.response;
  }

  private isRepeated(key: string): boolean {
    const now = performance.now();
    const before = this.recent.get(key);
    this.recent.set(key, now);
    return before !== undefined && now - before < this.options.seconds * MS_PER_SECOND;
  }

  /** The cached response to this request, or undefined. */
  find(request: Request, variant = ''): CachedResponse | undefined {
    const key = this.entries.size === 0 ? null : keyOf(request, variant);
    const entry = key === null ? undefined : this.entries.get(key);
    const since = this.options.completeSince();
    if (key === null || !entry || since === null) return undefined;
    if (entry.until < performance.now() || entry.began < since) {
      this.entries.delete(key);
      this.counts.ended.change -= 1;
      this.counts.ended.age += 1;
      return undefined;
    }
    this.counts.hits += 1;
    return entry;
  }

  /**
   * Gives a response to the requests that wait for it, and stores it unless something has changed since its data were
   * read.
   * @param response.movies the movies whose change ends it; null where any movie's does
   */
  store(
    { key, changes, time, settle }: PendingResponse,
    response: RenderedResponse & { route: CachedResponse['route']; movies: readonly number[] | null },
  ): void {
    const { movies, headers: bareHeaders, textHeaders } = response;
    const text = Buffer.isBuffer(response.text) ? response.text : Buffer.from(response.text);
    const entry: Entry = {
      text,
      tag: response.tag,
      route: response.route,
      headers: [...bareHeaders, ...textHeaders],
      bareHeaders,
      began: time,
      until: time + this.options.seconds * MS_PER_SECOND,
      bytes: text.length + 2 * key.length + MOVIE_BYTES * (movies?.length ?? 0) + OVERHEAD_BYTES,
      movies,
    };
    settle(entry);
    if (changes !== this.changes || entry.bytes > ENTRY_BYTES) return;
    this.entries.set(key, entry);
    this.counts.kept += 1;
    for (const id of movies ?? []) {
      const keys = this.byMovie.get(id);
      if (keys) keys.add(key);
      else this.byMovie.set(id, new Set([key]));
    }
    if (!movies) this.byAnyMovie.add(key);
  }

  /** What it has done since the start, and what it holds now. */
  figures(): CacheFigures {
    return { ...this.counts, entries: this.entries.size, bytes: this.entries.calculatedSize };
  }

  close(): void {
    this.unsubscribe();
    this.recent.clear();
    this.invalidate('everything');
  }

  private invalidate(change: Change): void {
    this.changes += 1;
    if (change === 'everything') {
      this.byMovie.clear();
      this.byAnyMovie.clear();
      this.entries.clear();
      return;
    }
    for (const id of change) this.removeAll(this.byMovie.get(id));
    this.removeAll(this.byAnyMovie);
  }

  private removeAll(keys: Set<string> | undefined): void {
    for (const key of keys ?? []) this.entries.delete(key);
  }

  /** Removes an entry that has ended from the indexes by movie. */
  private unlink(key: string, { movies }: Entry): void {
    this.byAnyMovie.delete(key);
    for (const id of movies ?? []) {
      const keys = this.byMovie.get(id);
      keys?.delete(key);
      if (keys?.size === 0) this.byMovie.delete(id);
    }
  }
}
