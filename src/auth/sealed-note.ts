import { Sealer } from './sealing.js';
import { sessionSecrets } from './secrets.js';

const MS_PER_SECOND = 1_000;

const sealer = new Sealer(sessionSecrets, 'marquee note');

/**
 * Seals what a browser keeps for the server between two pages, in a cookie. Only this server reads it, and only for a while.
 * @param purpose what it is for: it opens for nothing else
 * @param value what JSON can hold
 * @returns characters that a cookie may have
 */
export function sealNote(purpose: string, value: object, seconds: number): string {
  const note = { value, until: Date.now() + seconds * MS_PER_SECOND };
  return sealer.seal(Buffer.from(JSON.stringify(note)), purpose);
}

/** Opens a note: its value; null where it was not sealed for this purpose, or too long ago. */
export function openNote(purpose: string, sealed: string | undefined): unknown {
  const bytes = sealed === undefined ? null : sealer.unseal(sealed, purpose);
  if (!bytes) return null;
  const { value, until } = JSON.parse(bytes.toString()) as { value: unknown; until: number };
  return until > Date.now() ? value : null;
}
