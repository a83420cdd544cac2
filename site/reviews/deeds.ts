import { invalid, notFound, toApiError } from '../../src/http/errors.js';
import type { Review } from '../api.js';
import { type Fields, Redirect, type Visit } from '../http/page.js';
import { choiceOf, choicePath } from './choice.js';

const GONE = 'This review was deleted in the meantime. You can post it again.';

/** A member's own review of a movie, hidden or not; null where there is none. */
export async function ownReview({ api, member }: Visit, movieId: number): Promise<Review | null> {
  if (!member) return null;
  const query = { review_user: member.username, page_size: 1 };
  const { results } = await api.list<Review>(`/watch/${movieId}/review/`, query);
  return results[0] ?? null;
}

/**
 * Writes the member's own review: a new one, or over the one that the form names.
 * @throws {ApiError} of the API; a 400 too where the review was deleted while the form was open
 */
export async function writeReview(visit: Visit, movieId: number, fields: Fields): Promise<Redirect> {
  const { api, path } = visit;
  const body = {
    rating: fields.rating,
    // Forms end lines in two characters.
    description: fields.description?.replaceAll('\r\n', '\n') ?? '',
    spoiler: fields.spoiler !== undefined,
  };
  if (fields.review !== undefined) {
    const id = idOf(fields.review);
    try {
      await api.send('PUT', `/watch/review/${id}/`, body);
    } catch (error) {
      throw toApiError(error).status === 404 ? invalid({ non_field_errors: [GONE] }) : error;
    }
    return new Redirect(path, 303, 'reviewSaved');
  }
  try {
    await api.send('POST', `/watch/${movieId}/review-create/`, body);
  } catch (error) {
    if (toApiError(error).status !== 400 || !(await isWritten(visit, movieId, body))) throw error;
    // The form was sent twice.
  }
  return new Redirect(path, 303, 'posted');
}

/** Whether the member's review says just this. */
async function isWritten(
  visit: Visit,
  movieId: number,
  { rating, description, spoiler }: { rating: string | undefined; description: string; spoiler: boolean },
): Promise<boolean> {
  const own = await ownReview(visit, movieId);
  return (
    own !== null &&
    String(own.rating) === rating &&
    (own.description ?? '') === description &&
    own.spoiler === spoiler
  );
}

/** Deletes the member's own review that the form names. One that is gone already counts as deleted. */
export async function deleteReview({ api, path }: Visit, { review = '' }: Fields): Promise<Redirect> {
  const id = idOf(review);
  try {
    await api.send('DELETE', `/watch/review/${id}/`);
  } catch (error) {
    if (toApiError(error).status !== 404) throw error;
  }
  return new Redirect(path, 303, 'reviewDeleted');
}

/**
 * Does what a form below a review, or the watchlist's button, asks for.
 * @throws {ApiError} of the API; 404 where it is another form
 */
export async function mark(visit: Visit, fields: Fields): Promise<Redirect> {
  const [, action, id = ''] = /^(helpful|report|saved)-(\d+)$/.exec(fields.form ?? '') ?? [];
  if (action === undefined) throw notFound();
  const back = choicePath(visit.path, choiceOf(visit.query));
  if (action === 'saved') {
    await visit.api.send(fields.saved === 'no' ? 'DELETE' : 'PUT', `/account/saved/${id}/`);
    return new Redirect(back);
  }
  if (action === 'helpful') {
    await visit.api.send(fields.helpful === 'no' ? 'DELETE' : 'PUT', `/watch/review/${id}/helpful/`);
    return new Redirect(`${back}#review-${id}`);
  }
  await visit.api.send('POST', `/watch/review/${id}/report/`, { reason: fields.reason });
  return new Redirect(`${back}${back.includes('?') ? '&' : '?'}reported=${id}#review-${id}`);
}

/** An id that a form names. @throws {ApiError} 404 where it is none, so that it makes no other path */
function idOf(text: string): string {
  if (!/^\d+$/.test(text)) throw notFound();
  return text;
}
