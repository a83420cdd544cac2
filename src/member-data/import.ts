import { actingAs } from '../audit/acting-as.js';
import { transaction } from '../database/transactions.js';
import { Turns } from '../import/turns.js';
import { addReviews, type BroughtReview, prepareReview, type PreparedReview } from '../models/add-reviews.js';
import { rewriteReviews } from '../models/rewrite-reviews.js';
import { SavedMovie } from '../models/saved-movie.js';
import { lockMovies, lockUsers } from '../ratings/locks.js';
import { lockMemberRatings } from '../ratings/member-ratings.js';
import type { NamedFile } from './reading/archive.js';
import type { Entry, Remark } from './reading/entry.js';
import { readMemberData } from './reading/read.js';
import { matchEntries } from './writing/match.js';
import { type Opinion, opinionsOf, type Wish, wishesOf } from './writing/merge.js';
import { type Plan, planOf } from './writing/plan.js';
import { knownMovies, readPresent } from './writing/present.js';

/** Records in one statement: the event loop turns between two. */
const BATCH = 200;

/** How an import runs. */
export interface ImportOptions {
  /** Whether nothing is written. */
  dryRun: boolean;
  /** Whether reviews that are there change. */
  overwrite: boolean;
}

/** What an import has done, or in a dry run would do. */
export interface ImportResult {
  reviews: { added: number; updated: number; already: number };
  saved: { added: number; already: number };
  /** Lines whose movie is not here. */
  unmatched: Entry[];
  /** Lines that are left out. */
  faults: Remark[];
  notes: Remark[];
}

/** What the files say about movies that are here. */
interface Wanted {
  opinions: Opinion[];
  wishes: Wish[];
}

/**
 * Imports a member's ratings, reviews and saved movies, all or nothing. Everything is read and matched before the first lock
 * is taken.
 * @throws {BadFile} where the file cannot be imported; {ValidationError} where the member or a movie is gone
 */
export async function importMemberData(
  userId: number,
  file: NamedFile,
  options: ImportOptions,
): Promise<ImportResult> {
  const { reviews, saved, faults, notes } = await readMemberData(file);
  const entries = [...reviews, ...saved];
  const ids = await matchEntries(entries, await knownMovies(userId));
  const found = entries.flatMap((entry, index) => {
    const id = ids[index] ?? null;
    return id === null ? [] : [[entry, id] as const];
  });
  const isSaved = new Set(saved);
  const wanted = {
    opinions: opinionsOf(
      found.filter(([entry]) => !isSaved.has(entry)),
      notes,
    ),
    wishes: wishesOf(
      found.filter(([entry]) => isSaved.has(entry)),
      notes,
    ),
  };
  const { plan, gone } = options.dryRun
    ? { plan: await planNow(userId, wanted, options), gone: new Set<number>() }
    : // A member's own records, whoever the member is: nothing to audit.
      await actingAs(null, () => write(userId, wanted, options));
  const unmatched = entries.filter((_, index) => (ids[index] ?? null) === null || gone.has(ids[index] ?? 0));
  return {
    reviews: { added: plan.added.length, updated: plan.rewritten.length, already: plan.already },
    saved: { added: plan.saved.length, already: plan.alreadySaved },
    unmatched,
    faults: [...faults, ...plan.faults],
    notes: [...notes, ...plan.notes],
  };
}

const moviesOf = ({ opinions, wishes }: Wanted) => ({
  reviewed: opinions.map(({ movieId }) => movieId),
  wished: wishes.map(({ movieId }) => movieId),
});

async function planNow(userId: number, wanted: Wanted, options: ImportOptions): Promise<Plan> {
  return planOf(userId, wanted, await readPresent(userId, moviesOf(wanted)), options);
}

/** Writes it in one transaction, in the order of locks of `locks.ts`: it reads again what is there, and so can be repeated. */
async function write(
  userId: number,
  wanted: Wanted,
  options: ImportOptions,
): Promise<{ plan: Plan; gone: ReadonlySet<number> }> {
  const { reviewed, wished } = moviesOf(wanted);
  const movies = [...new Set([...reviewed, ...wished])];
  const prepared = await prepare((await planNow(userId, wanted, options)).added);
  const work = async () => {
    await lockUsers([userId], { alone: true });
    // Those that were deleted since they were matched are left out.
    const here = await lockMovies(movies, { required: [] });
    await lockMemberRatings([userId]);
    const left = {
      opinions: wanted.opinions.filter(({ movieId }) => here.has(movieId)),
      wishes: wanted.wishes.filter(({ movieId }) => here.has(movieId)),
    };
    const plan = await planNow(userId, left, options);
    await addReviews(await preparedOf(plan.added, prepared));
    await rewriteReviews(plan.rewritten);
    for (const batch of batches(plan.saved)) await SavedMovie.bulkCreate(batch);
    return { plan, gone: new Set(movies.filter((id) => !here.has(id))) };
  };
  return transaction(work, { repeatable: true });
}

/** Reviews as they can be written, by their movies. */
type Prepared = ReadonlyMap<number, PreparedReview>;

/** Prepares what will probably be added, before anything is locked. */
async function prepare(added: readonly BroughtReview[]): Promise<Prepared> {
  const turns = new Turns();
  const prepared = new Map<number, PreparedReview>();
  for (const review of added) {
    prepared.set(review.watchlist_id, await prepareReview(review));
    await turns.give();
  }
  return prepared;
}

/** What is added indeed: it may be more, where a review was deleted meanwhile. */
function preparedOf(added: readonly BroughtReview[], prepared: Prepared): Promise<PreparedReview[]> {
  return Promise.all(
    added.map(async (review) => prepared.get(review.watchlist_id) ?? (await prepareReview(review))),
  );
}

function batches<T>(items: T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
    items.slice(index * BATCH, (index + 1) * BATCH),
  );
}
