import {
  type ClientRateLimitInfo,
  type IncrementResponse,
  MemoryStore,
  type Options,
  type Store,
} from 'express-rate-limit';
import { type RedisReply, RedisStore } from 'rate-limit-redis';
import type { Redis } from '../../redis.js';

/** The counters of one rate limit: in Redis, or in this process while Redis is down. */
export class RedisThrottleStore implements Store {
  private readonly local = new MemoryStore();
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
    this.local.init(options);
    // Redis loses its scripts at a restart, and could not load them while it was down.
    const load = () => this.shared.init(options).catch(() => undefined);
    void load();
    this.redis.onReady(() => void load());
  }

  increment(key: string): Promise<IncrementResponse> {
    return this.withStore((store) => store.increment(key));
  }

  decrement(key: string): Promise<void> {
    return this.withStore((store) => store.decrement(key));
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
    if (!this.redis.isReady()) return use(this.local);
    try {
      return await use(this.shared);
    } catch {
      return use(this.local);
    }
  }
}
