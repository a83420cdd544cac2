import { AsyncScope } from '../database/async-scope.js';

/** By which ways staff change records. */
export const DOORS = ['panel', 'api', 'command'] as const;
export type Door = (typeof DOORS)[number];

/** On whose behalf records are changed, and from where: what the audit log says of each change. */
export interface Acting {
  /** The user's id; null for who has none, such as whoever runs a command. */
  id: number | null;
  name: string;
  role: string;
  door: Door;
  /** The client's network address, or nothing. */
  address: string;
  requestId: string;
  /** The entry of the audit log whose fields are being put back. */
  restoredId?: number;
}

const current = new AsyncScope<Acting | null>();

/**
 * Runs `work` on someone's behalf: every change in it, until its promise is settled, is written into the audit log.
 * Null: on nobody's.
 */
export function actingAs<T>(acting: Acting | null, work: () => T): T {
  return current.run(acting, work);
}

/** On whose behalf the calling code runs, or null where its changes are not audited. */
export function acting(): Acting | null {
  return current.get() ?? null;
}
