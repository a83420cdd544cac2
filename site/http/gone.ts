import { notFound, refusal, toApiError } from '../../src/http/errors.js';
import type { Title } from '../api.js';
import type { Visit } from './page.js';

/**
 * Refuses a movie that the API does not have: with 410 where its id has been given, which no movie gets again, so that
 * search engines forget it at once; with 404 where it has not been yet.
 * @throws {ApiError} in any case
 */
export async function goneOr(error: unknown, { api }: Visit, id: number): Promise<never> {
  if (toApiError(error).status !== 404 || id === 0) throw error;
  const { results } = await api.get<{ results: Title[] }>('/watch/titles/', { after: id, limit: 1 });
  throw results.length > 0 ? refusal(410, 'This movie is gone.') : notFound();
}
