import type { Remark } from '../reading/entry.js';
import type { BroughtReview } from '../../models/add-reviews.js';
import type { RewrittenReview } from '../../models/rewrite-reviews.js';
import type { Opinion, Wish } from './merge.js';

/** A review of the member that is there. */
export interface StoredReview {
  id: number;
  watchlist_id: number;
  rating: number;
  description: string | null;
  spoiler: boolean;
  active: boolean;
}

/** What an import changes, as things stand. */
export interface Plan {
  added: BroughtReview[];
  rewritten: RewrittenReview[];
  /** Reviews that stay. */
  already: number;
  saved: { user_id: number; watchlist_id: number; created: Date }[];
  alreadySaved: number;
  faults: Remark[];
  notes: Remark[];
}

/** What is there already. */
export interface Present {
  /** By movie. */
  reviews: ReadonlyMap<number, StoredReview>;
  saved: ReadonlySet<number>;
}

/**
 * Decides what becomes of each opinion and wish.
 * @param options.overwrite whether reviews that are there change; hidden ones never do
 */
export function planOf(
  userId: number,
  { opinions, wishes }: { opinions: readonly Opinion[]; wishes: readonly Wish[] },
  present: Present,
  { overwrite }: { overwrite: boolean },
): Plan {
  const now = new Date();
  const plan: Plan = {
    added: [],
    rewritten: [],
    already: 0,
    saved: [],
    alreadySaved: 0,
    faults: [],
    notes: [],
  };
  for (const opinion of opinions) {
    const stored = present.reviews.get(opinion.movieId);
    if (stored) change(plan, stored, opinion, { userId, overwrite });
    else addReview(plan, opinion, userId, now);
  }
  for (const { movieId, created } of wishes) {
    if (present.saved.has(movieId)) plan.alreadySaved += 1;
    else plan.saved.push({ user_id: userId, watchlist_id: movieId, created: notAfter(created, now) });
  }
  return plan;
}

/** A time that a file gives, or now: nothing is written in the future. */
function notAfter(time: Date | null, now: Date): Date {
  return time && time < now ? time : now;
}

function addReview(plan: Plan, opinion: Opinion, user_id: number, now: Date): void {
  const { movieId, rating, description, spoiler, entry } = opinion;
  const { file, line } = entry;
  if (rating === null) {
    plan.faults.push({ file, line, message: 'It has a review and no rating: a review here has both.' });
    return;
  }
  const created = notAfter(opinion.created, now);
  const updated = notAfter(opinion.updated, now);
  plan.added.push({
    user_id,
    watchlist_id: movieId,
    rating,
    description: description ?? null,
    spoiler: spoiler ?? false,
    created,
    updated: opinion.updated && updated > created ? updated : created,
  });
}

function change(
  plan: Plan,
  stored: StoredReview,
  { rating, description, spoiler, entry }: Opinion,
  { userId, overwrite }: { userId: number; overwrite: boolean },
): void {
  const next = {
    rating: rating ?? stored.rating,
    description: description === undefined ? stored.description : description,
    spoiler: spoiler ?? stored.spoiler,
  };
  const isText = (next.description ?? '') !== (stored.description ?? '');
  const isSame = !isText && next.rating === stored.rating && next.spoiler === stored.spoiler;
  if (!overwrite || isSame) {
    plan.already += 1;
  } else if (!stored.active) {
    plan.already += 1;
    const { file, line } = entry;
    plan.notes.push({ file, line, message: 'A moderator has hidden your review of it: it stays as it is.' });
  } else {
    const { id, watchlist_id, rating: before } = stored;
    const text = isText ? next.description : undefined;
    plan.rewritten.push({ id, user_id: userId, watchlist_id, before, ...next, description: text });
  }
}
