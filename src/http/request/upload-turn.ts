import type { Request, Response } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { Gate } from '../../database/gate.js';
import { clientAddress } from './client-address.js';

/*
 * Files of members are read into memory, and stay there until they are dealt with. So few of them are read at once, and fewer of one
 * account and of one address, so that a client who sends slowly does not keep all others waiting.
 */

const all = new Gate('files of members', 12, 10);
/** How long one may wait for each turn, in milliseconds. */
const WAIT_MS = 20_000;

/** Gates of one kind, by what their callers have in common. A gate is kept as long as it is in use. */
class KeyedGates<Key> {
  readonly #gates = new Map<Key, Gate>();

  constructor(
    private readonly name: string,
    private readonly slots: number,
  ) {}

  /** Runs `work` when it is the turn of a caller with this key. See `Gate`. */
  async run<T>(key: Key, work: () => Promise<T>): Promise<T> {
    const gate = this.#gates.get(key) ?? new Gate(this.name, this.slots);
    this.#gates.set(key, gate);
    try {
      return await gate.run(work, WAIT_MS);
    } finally {
      if (gate.running === 0) this.#gates.delete(key);
    }
  }
}

const accounts = new KeyedGates<number>('files of an account', 2);
const addresses = new KeyedGates<string>('files of an address', 4);

/**
 * Waits until a request may send its file. The turn ends with the response.
 * @throws {ConnectionError} where too many wait, or the turn does not come in time
 */
export function uploadTurn(request: Request, response: Response): Promise<void> {
  const account = request.credentials?.user.id ?? 0;
  const address = ipKeyGenerator(clientAddress(request));
  return new Promise((resolve, reject) => {
    const hold = () => {
      resolve();
      return closed(response);
    };
    accounts.run(account, () => addresses.run(address, () => all.run(hold, WAIT_MS))).catch(reject);
  });
}

async function closed(response: Response): Promise<void> {
  if (response.closed || response.destroyed) return;
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
  });
}
