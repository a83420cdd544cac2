import { EMAIL_TAKEN, PASSWORDS_DIFFER } from '../../models/validation.js';

/** The paths whose `:id` is a movie's. */
const MOVIE_PATHS = new Set(['/watch/watchlist/:id/', '/watch/:id/review/', '/watch/:id/review-create/']);

interface Refusal {
  status: number;
  body: { [field: string]: string | string[] | true };
}

/**
 * What the original says under `error`, where its clients read that.
 * @param path the path of the route that refuses
 * @returns undefined for every other refusal
 */
export function originalError(path: string, { status, body }: Refusal): string | undefined {
  if (status === 404 && MOVIE_PATHS.has(path) && body.detail === 'Not found.') return 'not found';
  if (status !== 400 || path !== '/account/register/') return undefined;
  if (hasFault(body.password2, PASSWORDS_DIFFER)) return 'P1 and P2 should be same';
  return hasFault(body.email, EMAIL_TAKEN) ? 'Email already exists!' : undefined;
}

function hasFault(messages: Refusal['body'][string] | undefined, message: string): boolean {
  return Array.isArray(messages) && messages.includes(message);
}
