import {
  type ClientRateLimitInfo,
  type IncrementResponse,
  MemoryStore,
  type Options,
  type Store,
} from 'express-rate-limit';
import { type RedisReply, RedisStore } from 'rate-limit-redis';
import type { Redis } from '../../redis.js';

/** The counts of one rate limit: shared through Redis, and while that is away this process's own. */
export class RedisThrottleStore implements Store {
  private readonly own = new MemoryStore();
  private readonly shared: RedisStore;

  constructor(
    private readonly redis: Redis,
    name: string,
  ) {
    this.shared = new RedisStore({
      prefix: `marquee:throttle:${name}:`,
      sendCommand: (...command) => redis.send(command) as Promise<RedisReply>,
    });
  }

  init(options: Options): void {
    this.own.init(options);
    // Scripts are gone after a restart of Redis, and could not be loaded while it was away.
    const load = () => this.shared.init(options).catch(() => undefined);
    void load();
    this.redis.onReady(() => void load());
  }

  increment(key: string): Promise<IncrementResponse> {
    return this.either((store) => store.increment(key));
  }

  decrement(key: string): Promise<void> {
    return this.either((store) => store.decrement(key));
  }

  resetKey(key: string): Promise<void> {
    return this.either((store) => store.resetKey(key));
  }

  get(key: string): Promise<ClientRateLimitInfo | undefined> {
    return this.either((store) => store.get(key));
  }

  shutdown(): void {
    this.own.shutdown();
  }

  private async either<T>(ask: (store: RedisStore | MemoryStore) => Promise<T>): Promise<T> {
    if (!this.redis.isReady()) return ask(this.own);
    try {
      return await ask(this.shared);
    } catch {
      return ask(this.own);
    }
  }
}
