import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { databaseId } from '../database/connection-options.js';
import { publishChange, type Change, onChange } from '../database/changes.js';
import type { Redis } from '../redis.js';

/*
 * Invalidation of response caches across processes: publishes this process's changes through Redis, and receives those of
 * the others on the same database. Redis delivers messages in order, so a process that has received its own heartbeat has
 * received every earlier change.
 */

/** The interval of heartbeats, in milliseconds. */
const HEARTBEAT_MS = 200;
/** The age from which a heartbeat proves nothing: later changes may not have arrived. */
const VALID_MS = 700;
/** The most movies in a message; a change of more is sent as a change of everything. */
const MOST_MOVIES = 1_000;

/** The sender in this process's messages. */
const SENDER = randomUUID();

/** A message to the other processes. */
const message = z.object({
  from: z.string(),
  change: z.union([z.literal('everything'), z.array(z.int())]),
});

/** Exchanges changes with the other processes on this database. */
export class Invalidation {
  private since: number | null = null;
  /** When the last received heartbeat was sent. */
  private lastHeartbeat = -Infinity;
  /** Whether a change could not be published. */
  private hasUnpublished = false;
  /** When the first of the changes was made that could not be published since the last one that could. */
  private failingSince = Infinity;
  private readonly channel = `marquee:changes:${databaseId}`;
  private readonly ownChannel = `${this.channel}:${randomUUID()}`;
  private readonly timer: NodeJS.Timeout;
  private readonly unsubscribe: () => void;

  constructor(private readonly redis: Redis) {
    this.unsubscribe = onChange((change, from) => (from === 'here' ? this.send(change) : undefined));
    redis.onReady(() => {
      // Changes may have been missed while disconnected.
      this.since = null;
      this.lastHeartbeat = -Infinity;
      redis.subscribe(this.channel, this.receive);
      redis.subscribe(this.ownChannel, this.receiveHeartbeat);
      this.sendHeartbeat();
    });
    this.timer = setInterval(() => this.sendHeartbeat(), HEARTBEAT_MS).unref();
  }

  /** Since when this process has received every change, at most a moment late; null if it may have missed some. */
  completeSince(): number | null {
    return this.redis.isReady() && performance.now() - this.lastHeartbeat < VALID_MS ? this.since : null;
  }

  close(): void {
    clearInterval(this.timer);
    this.unsubscribe();
  }

  private sendHeartbeat(): void {
    if (!this.redis.isReady()) return;
    if (this.hasUnpublished) {
      this.hasUnpublished = false;
      void this.send('everything');
    }
    this.publish(this.ownChannel, String(performance.now())).catch(() => undefined);
  }

  /**
   * Publishes a change. Resolves when Redis has it, or when no other process answers from its cache any more, since the
   * heartbeats stay away: whoever made the change must not be answered before.
   */
  private async send(change: Change): Promise<void> {
    const sent = change !== 'everything' && change.length > MOST_MOVIES ? 'everything' : change;
    const start = performance.now();
    try {
      await this.publish(this.channel, JSON.stringify({ from: SENDER, change: sent }));
      this.failingSince = Infinity;
    } catch {
      this.hasUnpublished = true;
      this.failingSince = Math.min(this.failingSince, start);
      await sleep(Math.max(0, this.failingSince + VALID_MS - performance.now()));
    }
  }

  private publish(channel: string, message: string): Promise<unknown> {
    return this.redis.send(['PUBLISH', channel, message]);
  }

  private readonly receive = (text: string): void => {
    const { from, change } = parse(text);
    if (from !== SENDER) void publishChange(change, 'elsewhere');
  };

  private readonly receiveHeartbeat = (text: string): void => {
    const now = performance.now();
    // During a gap this long the cache did not answer. Entries from before it stay invalid.
    if (now - this.lastHeartbeat >= VALID_MS) this.since = now;
    this.lastHeartbeat = Number(text);
  };
}

/** Reads a message. One that is not understood, as from another version, means that everything has changed. */
function parse(text: string): z.output<typeof message> {
  try {
    return message.parse(JSON.parse(text));
  } catch {
    return { from: '', change: 'everything' };
  }
}
