import {
  type ClientRateLimitInfo,
  type IncrementResponse,
  MemoryStore,
  type Options,
  type Store,
} from 'express-rate-limit';
import { type RedisReply, RedisStore } from 'rate-limit-redis';
import type { Redis } from '../../redis.js';

/** How far the clocks of this machine and of Redis may differ, in milliseconds. */
const TOLERANCE_MS = 5_000;

/** Takes one off a count; one whose time is over is not made anew, which would never end. */
const GIVE_BACK = `
  if (tonumber(redis.call('GET', KEYS[1])) or 0) > 0 then redis.call('DECR', KEYS[1]) end`;

/**
 * The counts of one rate limit: shared through Redis, if there is one. While Redis is down, each process counts for
 * itself.
 */
export class ThrottleStore implements Store {
  private readonly local = new MemoryStore();
  private readonly shared: RedisStore | null;
  private windowMs = 0;
  /** Tells this limit's keys from those of others: express-rate-limit warns where a request counts twice under one key. */
  readonly prefix: string;

  constructor(
    private readonly redis: Redis | null,
    name: string,
  ) {
    this.prefix = `marquee:throttle:${name}:`;
    this.shared =
      redis &&
      new RedisStore({
        prefix: this.prefix,
        sendCommand: (...command) => redis.send(command) as Promise<RedisReply>,
      });
  }

  init(options: Options): void {
    this.windowMs = options.windowMs;
    this.local.init(options);
    const { redis, shared } = this;
    if (!redis || !shared) return;
    // Scripts are gone after a restart of Redis, and could not be loaded while it was away.
    const load = () => shared.init(options).catch(() => undefined);
    void load();
    redis.onReady(() => void load());
  }

  async increment(key: string): Promise<IncrementResponse> {
    return this.withStore(async (store) => {
      const counted = await store.increment(key);
      const waitMs = (counted.resetTime?.getTime() ?? 0) - Date.now();
      if (waitMs <= this.windowMs + TOLERANCE_MS) return counted;
      // The clock was set back: the window would last longer than any.
      await store.resetKey(key);
      return store.increment(key);
    });
  }

  decrement(key: string): Promise<void> {
    return this.withStore(async (store) => {
      if (store === this.shared) await this.redis?.send(['EVAL', GIVE_BACK, '1', this.prefix + key]);
      else await store.decrement(key);
    });
  }

  resetKey(key: string): Promise<void> {
    return this.withStore((store) => store.resetKey(key));
  }

  get(key: string): Promise<ClientRateLimitInfo | undefined> {
    return this.withStore((store) => store.get(key));
  }

  shutdown(): void {
    this.local.shutdown();
  }

  private async withStore<T>(use: (store: RedisStore | MemoryStore) => Promise<T>): Promise<T> {
    if (!this.redis?.isReady() || !this.shared) return use(this.local);
    try {
      return await use(this.shared);
    } catch {
      return use(this.local);
    }
  }
}
