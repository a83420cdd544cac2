import { UniqueConstraintError } from 'sequelize';
import { currentTransaction } from '../database/transaction-context.js';
import { transaction } from '../database/transactions.js';
import { applyPriors } from '../ratings/priors.js';
import { lockGenres, lockMovies, lockPlatforms, lockUsers } from '../ratings/locks.js';
import { lockMemberRatings } from '../ratings/member-ratings.js';
import { Review } from '../models/review.js';
import { foldCase } from '../models/validation.js';
import { StreamPlatform } from '../models/stream-platform.js';
import { User } from '../models/user.js';
import type { Catalogue, NewMovie, NewPlatform, NewReview, NewUser } from './catalogue.js';
import type { Steps } from './progress.js';
import {
  chunks,
  movieIndexesByPlatform,
  keyOfPair,
  reviewedPairs,
  userIdsByKey,
} from './existing-records.js';
import type { Tally, Written } from './tally.js';
import { writeMovies } from './write-movies.js';

/** Reviews in one transaction: enough to be fast, and few enough that other writers never wait long. */
const BATCH = 1_000;

/** Records in one statement of an import in one transaction, as the panel runs it: the event loop turns between two. */
const BATCH_AT_ONCE = 100;

function batchSize(): number {
  return currentTransaction() ? BATCH_AT_ONCE : BATCH;
}

/**
 * Writes a checked catalogue. It adds the records that do not exist. Of those that do it changes none, but for movies: it
 * fills in details that are empty. Each of its transactions leaves the database consistent, so after a crash the same import
 * resumes. Called within a transaction, it writes everything in that one.
 */
export async function write(catalogue: Catalogue, progress: Steps): Promise<Written> {
  await applyPriors();
  const isOneTransaction = currentTransaction() !== null;
  const platforms = await writePlatforms(catalogue.platforms);
  if (isOneTransaction) {
    await lockPlatforms(await platformsOf(catalogue.movies));
    if (catalogue.movies.some(({ genres }) => genres?.length)) await lockGenres();
  }
  const { userIds, ...users } = await writeUsers(catalogue.users, progress);
  if (isOneTransaction) await lockUsers(userIds);
  const { movieIds, ...movies } = await writeMovies(catalogue.movies, progress, {
    reviewed: catalogue.reviewCount > 0,
  });
  const reviewed = catalogue.storedMovies ? Float64Array.from(catalogue.storedMovies) : movieIds;
  if (isOneTransaction && catalogue.reviewCount > 0) {
    await lockMovies([...reviewed]);
    await lockMemberRatings(userIds);
  }
  const reviews: Tally = { added: 0, present: 0 };
  progress.begin('reviews', catalogue.reviewCount);
  for await (const reviewsRead of catalogue.reviews()) {
    for (const batch of chunks(reviewsRead, batchSize())) {
      const added = await writeReviews(batch, reviewed, userIds);
      reviews.added += added;
      reviews.present += batch.length - added;
      progress.advance(batch.length);
    }
  }
  progress.end();
  return { platforms, movies, users, reviews };
}

/** Writes a checked catalogue atomically, in one transaction. Other writers may wait until it ends. */
export function writeAtOnce(catalogue: Catalogue, progress: Steps): Promise<Written> {
  return transaction(() => write(catalogue, progress));
}

async function platformsOf(movies: NewMovie[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of (await movieIndexesByPlatform(movies)).keys()) {
    const platform = await StreamPlatform.byName(name);
    if (platform) ids.push(platform.id);
  }
  return ids;
}

function writePlatforms(platforms: NewPlatform[]): Promise<Tally> {
  return retryIfTaken(async () => {
    const tally = { added: 0, present: 0 };
    for (const platform of platforms) {
      if (await StreamPlatform.byName(platform.name)) tally.present += 1;
      else {
        await StreamPlatform.create(platform);
        tally.added += 1;
      }
    }
    return tally;
  });
}

/** Runs work in a transaction, and again if a concurrent write has taken a name between its read and its write. */
async function retryIfTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await transaction(work);
  } catch (error) {
    if (!(error instanceof UniqueConstraintError)) throw error;
    return transaction(work);
  }
}

async function writeUsers(users: NewUser[], progress: Steps): Promise<Tally & { userIds: number[] }> {
  progress.begin('users', users.length);
  const userIds: number[] = [];
  let added = 0;
  for (const batch of chunks(users, batchSize())) {
    const keys = batch.map(({ username }) => foldCase(username));
    const { ids, absent } = await retryIfTaken(async () => {
      const present = await userIdsByKey(keys);
      // Every import adds users in the order of their keys, so that two imports of the same users cannot deadlock.
      const absent = batch
        .filter((_, index) => !present.has(keys[index] as string))
        .toSorted((a, b) => (foldCase(a.username) < foldCase(b.username) ? -1 : 1));
      await User.bulkCreate(absent);
      return { ids: absent.length > 0 ? await userIdsByKey(keys) : present, absent: absent.length };
    });
    added += absent;
    userIds.push(...keys.map((key) => ids.get(key) as number));
    progress.advance(batch.length);
  }
  return { added, present: users.length - added, userIds };
}

/**
 * Adds the reviews whose user has none of the movie.
 * @returns how many it added
 */
function writeReviews(batch: NewReview[], movieIds: Float64Array, userIds: number[]): Promise<number> {
  const reviews = batch.map(({ user, movie, rating, description, active, spoiler, created }) => ({
    user_id: userIds[user] as number,
    watchlist_id: movieIds[movie] as number,
    rating,
    description,
    active,
    spoiler,
    ...(created && { created, updated: created }),
  }));
  const movies = [...new Set(reviews.map(({ watchlist_id }) => watchlist_id))];
  return transaction(async () => {
    // The locks on the movies keep others from adding their reviews.
    await lockUsers([...new Set(reviews.map(({ user_id }) => user_id))]);
    await lockMovies(movies);
    const present = await reviewedPairs(reviews);
    const absent = reviews.filter((review) => !present.has(keyOfPair(review)));
    await Review.bulkCreate(absent);
    return absent.length;
  });
}
