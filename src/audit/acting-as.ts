import { AsyncScope } from '../database/async-scope.js';

/** The entry points through which staff change records. */
export const DOORS = ['panel', 'api', 'site', 'command'] as const;
export type Door = (typeof DOORS)[number];

/** The actor of a change and where it came from, as recorded in the audit log. */
export interface Acting {
  /** The user's id; null for an actor without an account, such as a command. */
  id: number | null;
  name: string;
  role: string;
  door: Door;
  /** The client's IP address, or an empty string. */
  address: string;
  requestId: string;
  /** The entry of the audit log whose fields are being restored. */
  restoredId?: number;
}

const current = new AsyncScope<Acting | null>();

/**
 * Runs `work` on behalf of an actor. Its changes, until its promise is settled, are written to the audit log.
 * @param acting the actor; with null nothing is audited
 */
export function actingAs<T>(acting: Acting | null, work: () => T): T {
  return current.run(acting, work);
}

/** The actor that the caller runs on behalf of, or null where its changes are not audited. */
export function acting(): Acting | null {
  return current.get() ?? null;
}
