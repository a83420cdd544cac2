import { UniqueConstraintError } from 'sequelize';
import { currentTransaction } from '../database/transaction-context.js';
import { transaction } from '../database/transactions.js';
import { applyPriors } from '../ratings/priors.js';
import { lockMovies, lockPlatforms, lockUsers } from '../ratings/locks.js';
import { Review } from '../models/review.js';
import { foldCase } from '../models/validation.js';
import { StreamPlatform } from '../models/stream-platform.js';
import { User } from '../models/user.js';
import type { Catalogue, NewMovie, NewPlatform, NewReview, NewUser } from './formats/catalogue.js';
import { MovieShelf } from './movie-shelf.js';
import type { Steps } from './progress.js';
import { chunks, movieIndexesByPlatform, pairOf, pairsAmong, userIdsByKey } from './present.js';

/** Reviews written in one transaction: enough to be fast, few enough that a site in use never waits long. */
const BATCH = 1_000;

/** How many records of a kind an import added, and how many were there already. */
export interface Tally {
  added: number;
  present: number;
}

/** What an import did, by kind of record. */
export type Written = Record<'platforms' | 'movies' | 'users' | 'reviews', Tally>;

/**
 * Writes a checked catalogue, in many transactions, each of which leaves the database right: after a crash the same
 * import goes on where it was. Only what is not there yet is added; nothing that is there is changed. Within a
 * transaction it is all in that one.
 */
export async function write(catalogue: Catalogue, progress: Steps): Promise<Written> {
  await applyPriors();
  const atOnce = currentTransaction() !== null;
  const platforms = await writePlatforms(catalogue.platforms);
  if (atOnce) await lockPlatforms(await platformsOf(catalogue.movies));
  const { userIds, ...users } = await writeUsers(catalogue.users, progress);
  if (atOnce) await lockUsers(userIds);
  const { movieIds, ...movies } = await writeMovies(catalogue.movies, progress);
  const reviewed = catalogue.storedMovies ? Float64Array.from(catalogue.storedMovies) : movieIds;
  if (atOnce && catalogue.reviewCount > 0) await lockMovies([...reviewed]);
  const reviews: Tally = { added: 0, present: 0 };
  progress.begin('reviews', catalogue.reviewCount);
  for await (const some of catalogue.reviews()) {
    for (const batch of chunks(some, BATCH)) {
      const added = await writeReviews(batch, reviewed, userIds);
      reviews.added += added;
      reviews.present += batch.length - added;
      progress.advance(batch.length);
    }
  }
  progress.end();
  return { platforms, movies, users, reviews };
}

/** Writes a checked catalogue whole or not at all, in one transaction; meanwhile others may have to wait. */
export function writeAtOnce(catalogue: Catalogue, progress: Steps): Promise<Written> {
  return transaction(() => write(catalogue, progress));
}

async function platformsOf(movies: NewMovie[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of movieIndexesByPlatform(movies).keys()) {
    const platform = await StreamPlatform.byName(name);
    if (platform) ids.push(platform.id);
  }
  return ids;
}

function writePlatforms(platforms: NewPlatform[]): Promise<Tally> {
  return againIfTaken(async () => {
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

/** Runs work in a transaction, once more where someone else took a name between its look and its write. */
async function againIfTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await transaction(work);
  } catch (error) {
    if (!(error instanceof UniqueConstraintError)) throw error;
    return transaction(work);
  }
}

async function writeMovies(movies: NewMovie[], progress: Steps): Promise<Tally & { movieIds: Float64Array }> {
  progress.begin('movies', movies.length);
  const movieIds = new Float64Array(movies.length);
  let added = 0;
  for (const [name, indexes] of movieIndexesByPlatform(movies)) {
    const platform = await StreamPlatform.byName(name);
    if (!platform) throw new Error(`The platform ${name} was deleted meanwhile`);
    const shelf = new MovieShelf(platform.id);
    const wanted = indexes.map((index) => movies[index] as NewMovie);
    added += await shelf.add(wanted, (steps) => progress.advance(steps));
    const ids = await shelf.find(wanted);
    ids.forEach((id, position) => {
      movieIds[indexes[position] as number] = id ?? 0;
    });
  }
  return { added, present: movies.length - added, movieIds };
}

async function writeUsers(users: NewUser[], progress: Steps): Promise<Tally & { userIds: number[] }> {
  progress.begin('users', users.length);
  const userIds: number[] = [];
  let added = 0;
  for (const batch of chunks(users, BATCH)) {
    const keys = batch.map(({ username }) => foldCase(username));
    const { ids, absent } = await againIfTaken(async () => {
      const present = await userIdsByKey(keys);
      // In the order of their keys, as every import adds them: two that add the same users never wait for each other.
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

/** Adds those of the reviews whose user has none of the movie; gives how many. */
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
    // While the movies are locked nobody else adds reviews of them: what is absent stays absent.
    await lockUsers([...new Set(reviews.map(({ user_id }) => user_id))]);
    await lockMovies(movies);
    const present = await pairsAmong(reviews);
    const absent = reviews.filter((review) => !present.has(pairOf(review)));
    await Review.bulkCreate(absent);
    return absent.length;
  });
}
