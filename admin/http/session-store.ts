import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { callbackify } from 'node:util';
import { type SessionData, Store } from 'express-session';
import { Op } from 'sequelize';
import { issueTo } from '../../src/auth/issuing.js';
import { log } from '../../src/log.js';
import { Session } from '../../src/models/session.js';

const MINUTE_MS = 60_000;
/** How long a page waits for its session to be extended. */
const EXTEND_MS = 300;
/** Idle timeout. */
export const IDLE_MS = 12 * 60 * MINUTE_MS;
/** Absolute lifetime from the login on. */
const LIFETIME_MS = 7 * 24 * 60 * MINUTE_MS;

/** The user of a session, with the security stamp that the login verified. */
export interface SessionUser {
  id: number;
  stamp: string;
}

declare module 'express-session' {
  interface SessionData {
    passport?: { user?: SessionUser };
    /** The stored row's times; absent in a session that this request has created. */
    stored?: { created: number; expires: number };
  }
}

/** The `sid` column of a session: a hash, so that a leaked database gives no sessions away. */
export function storedSid(sid: string): string {
  return createHash('sha256').update(sid).digest('hex');
}

/** express-session's store in the database. A job deletes expired sessions with other expired rows. */
export class SessionStore extends Store {
  override get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void {
    callbackify(() => this.#read(sid))(done);
  }

  override set(sid: string, session: SessionData, done?: (error?: unknown) => void): void {
    callbackify(() => this.#write(sid, session))(done ?? noop);
  }

  override touch(sid: string, session: SessionData, done?: (error?: unknown) => void): void {
    callbackify(() => this.#extendSoon(sid, session))(done ?? noop);
  }

  override destroy(sid: string, done?: (error?: unknown) => void): void {
    callbackify(() => Session.destroy({ where: { sid: storedSid(sid) } }))(done ?? noop);
  }

  async #read(sid: string): Promise<SessionData | null> {
    const row = await Session.findOne({ where: { sid: storedSid(sid), expires: { [Op.gt]: new Date() } } });
    if (!row) return null;
    const stored = { created: row.created.getTime(), expires: row.expires.getTime() };
    return { ...(JSON.parse(row.data) as SessionData), stored };
  }

  async #write(sid: string, { stored, ...session }: SessionData): Promise<void> {
    const user = session.passport?.user;
    const values = {
      user_id: user?.id ?? null,
      data: JSON.stringify(session),
      expires: expiry(stored?.created),
    };
    // A session that ended during this request must not be stored again, hence no upsert.
    if (stored) await Session.update(values, { where: { sid: storedSid(sid) } });
    else if (user)
      await issueTo({ id: user.id, security_stamp: user.stamp }, () =>
        Session.upsert({ sid: storedSid(sid), ...values }),
      );
    else await Session.upsert({ sid: storedSid(sid), ...values });
  }

  /** Extends a session; the page does not wait for long where other writers hold it up, nor fail with it. */
  async #extendSoon(sid: string, session: SessionData): Promise<void> {
    const extended = this.#extend(sid, session).catch((error: unknown) => {
      log.warn({ err: error }, 'a session could not be extended');
    });
    await Promise.race([extended, sleep(EXTEND_MS, undefined, { ref: false })]);
  }

  async #extend(sid: string, { stored }: SessionData): Promise<void> {
    if (!stored) return;
    const expires = expiry(stored.created);
    // Once a minute is precise enough. A write a request would queue up behind the embedded database's other writers.
    if (expires.getTime() - stored.expires < MINUTE_MS) return;
    await Session.update({ expires }, { where: { sid: storedSid(sid) } });
  }
}

function expiry(created = Date.now()): Date {
  return new Date(Math.min(Date.now() + IDLE_MS, created + LIFETIME_MS));
}

/** express-session omits the callback if it does not wait. */
function noop(): void {}
