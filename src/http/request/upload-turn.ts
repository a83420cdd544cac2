import type { Request, Response } from 'express';
import { Gate } from '../../database/gate.js';

/*
 * Files of members are read into memory, and stay there until they are dealt with. So few of them are read at once, and fewer of one
 * account, so that a client who sends slowly does not keep all others waiting.
 */

const all = new Gate('files of members', 12, 10);
const OF_ACCOUNT = 2;
/** How long one may wait for each of the two turns, in milliseconds. */
const WAIT_MS = 20_000;

const accounts = new Map<number, Gate>();

/**
 * Waits until a request may send its file. The turn ends with the response.
 * @throws {ConnectionError} where too many wait, or the turn does not come in time
 */
export function uploadTurn(request: Request, response: Response): Promise<void> {
  const id = request.credentials?.user.id ?? 0;
  const own = accounts.get(id) ?? new Gate('files of an account', OF_ACCOUNT);
  accounts.set(id, own);
  return new Promise((resolve, reject) => {
    const hold = () => {
      resolve();
      return closed(response);
    };
    own
      .run(() => all.run(hold, WAIT_MS), WAIT_MS)
      .catch(reject)
      .finally(() => {
        if (own.running === 0) accounts.delete(id);
      });
  });
}

async function closed(response: Response): Promise<void> {
  if (response.closed || response.destroyed) return;
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
  });
}
