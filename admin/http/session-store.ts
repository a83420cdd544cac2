import { createHash } from 'node:crypto';
import { callbackify } from 'node:util';
import { type SessionData, Store } from 'express-session';
import { Op } from 'sequelize';
import { Session } from '../../src/models/session.js';

const MINUTE_MS = 60_000;
/** A session unused for so long is over. */
const IDLE_MS = 12 * 60 * MINUTE_MS;
/** So long after the login a session is over, however much it is used. */
const LIFETIME_MS = 7 * 24 * 60 * MINUTE_MS;

declare module 'express-session' {
  interface SessionData {
    passport?: { user?: number };
    /** The stored row's times, for those sessions that were stored before this request. */
    stored?: { created: number; expires: number };
  }
}

/** The `sid` column of a session: a hash, so that who reads the database cannot take the session over. */
export function storedSid(sid: string): string {
  return createHash('sha256').update(sid).digest('hex');
}

/** Keeps express-session's sessions in the database; those that have expired are swept out with all else that has. */
export class SessionStore extends Store {
  override get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void {
    callbackify(() => this.#read(sid))(done);
  }

  override set(sid: string, session: SessionData, done?: (error?: unknown) => void): void {
    callbackify(() => this.#write(sid, session))(done ?? ignore);
  }

  override touch(sid: string, session: SessionData, done?: (error?: unknown) => void): void {
    callbackify(() => this.#prolong(sid, session))(done ?? ignore);
  }

  override destroy(sid: string, done?: (error?: unknown) => void): void {
    callbackify(() => Session.destroy({ where: { sid: storedSid(sid) } }))(done ?? ignore);
  }

  async #read(sid: string): Promise<SessionData | null> {
    const row = await Session.findOne({ where: { sid: storedSid(sid), expires: { [Op.gt]: new Date() } } });
    if (!row) return null;
    const stored = { created: row.created.getTime(), expires: row.expires.getTime() };
    return { ...(JSON.parse(row.data) as SessionData), stored };
  }

  async #write(sid: string, { stored, ...session }: SessionData): Promise<void> {
    const values = {
      user_id: session.passport?.user ?? null,
      data: JSON.stringify(session),
      expires: expiry(stored?.created),
    };
    // One that was ended while a request ran must not come back with that request's answer.
    if (stored) await Session.update(values, { where: { sid: storedSid(sid) } });
    else await Session.upsert({ sid: storedSid(sid), ...values });
  }

  async #prolong(sid: string, { stored }: SessionData): Promise<void> {
    if (!stored) return;
    const expires = expiry(stored.created);
    // A write a minute is exact enough; one a request would queue up with the embedded database's other writers.
    if (expires.getTime() - stored.expires < MINUTE_MS) return;
    await Session.update({ expires }, { where: { sid: storedSid(sid) } });
  }
}

function expiry(created = Date.now()): Date {
  return new Date(Math.min(Date.now() + IDLE_MS, created + LIFETIME_MS));
}

/** express-session leaves a callback out where it does not wait. */
function ignore(): void {}
