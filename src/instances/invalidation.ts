import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { databaseId } from '../database/connection-options.js';
import { publishChange, type Change, onChange } from '../database/changes.js';
import type { Redis } from '../redis.js';

/*
 * Tells the other processes on this database of changes through Redis, and hears of theirs. Redis hands a connection
 * its messages in order: who has heard a word of its own has heard all that others said before it.
 */

/** How often a process says a word to itself, in milliseconds. */
const BEAT_MS = 200;
/** A word that was said earlier than this proves nothing: what was said since may not have come. */
const VALID_MS = 700;
/** Of so many movies the message would be long. */
const MOST_MOVIES = 1_000;

/** This process, in its messages. */
const OWN = randomUUID();

/** What a process says to the others. */
const message = z.object({
  from: z.string(),
  change: z.union([z.literal('everything'), z.array(z.int())]),
});

/** The changes that the processes on one database tell one another. */
export class Invalidation {
  private since: number | null = null;
  /** When the last word that came back was said. */
  private said = -Infinity;
  /** Whether there was a change that Redis did not take. */
  private untold = false;
  private readonly channel = `marquee:changes:${databaseId}`;
  private readonly ownChannel = `${this.channel}:${randomUUID()}`;
  private readonly timer: NodeJS.Timeout;
  private readonly unsubscribe: () => void;

  constructor(private readonly redis: Redis) {
    this.unsubscribe = onChange((change, from) => {
      if (from === 'here') this.tell(change);
    });
    redis.onReady(() => {
      // Nobody knows what was said meanwhile.
      this.since = null;
      this.said = -Infinity;
      redis.subscribe(this.channel, this.hear);
      redis.subscribe(this.ownChannel, this.hearOwn);
      this.beat();
    });
    this.timer = setInterval(() => this.beat(), BEAT_MS).unref();
  }

  /** Since when this process has heard of every change, at most a moment late; null where it may have missed some. */
  completeSince(): number | null {
    return this.redis.isReady() && performance.now() - this.said < VALID_MS ? this.since : null;
  }

  close(): void {
    clearInterval(this.timer);
    this.unsubscribe();
  }

  private beat(): void {
    if (!this.redis.isReady()) return;
    if (this.untold) {
      this.untold = false;
      this.tell('everything');
    }
    this.publish(this.ownChannel, String(performance.now())).catch(() => undefined);
  }

  private tell(change: Change): void {
    const brief = change !== 'everything' && change.length > MOST_MOVIES ? 'everything' : change;
    this.publish(this.channel, JSON.stringify({ from: OWN, change: brief })).catch(() => {
      this.untold = true;
    });
  }

  private publish(channel: string, message: string): Promise<unknown> {
    return this.redis.send(['PUBLISH', channel, message]);
  }

  private readonly hear = (text: string): void => {
    const { from, change } = parse(text);
    if (from !== OWN) publishChange(change, 'elsewhere');
  };

  private readonly hearOwn = (text: string): void => {
    const now = performance.now();
    // Where it took that long nothing was answered from memory, and what was kept before is not taken up again.
    if (now - this.said >= VALID_MS) this.since = now;
    this.said = Number(text);
  };
}

/** Of what cannot be understood, as another version may say it, everything has changed. */
function parse(text: string): z.output<typeof message> {
  try {
    return message.parse(JSON.parse(text));
  } catch {
    return { from: '', change: 'everything' };
  }
}
