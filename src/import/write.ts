import { QueryTypes, UniqueConstraintError } from 'sequelize';
import { sequelize, transaction } from '../database.js';
import { applyPriors } from '../models/rating-priors.js';
import { lockMovies, lockUsers } from '../models/ratings.js';
import { Review } from '../models/review.js';
import { foldCase } from '../models/rules.js';
import { StreamPlatform } from '../models/stream-platform.js';
import { User } from '../models/user.js';
import type { Catalogue, NewMovie, NewPlatform, NewReview, NewUser } from './catalogue.js';
import { MovieShelf } from './movie-shelf.js';
import type { Progress } from '../progress.js';

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
 * import goes on where it was. Only what is not there yet is added; nothing that is there is changed.
 */
export async function write(catalogue: Catalogue, progress: Progress): Promise<Written> {
  await applyPriors();
  const platforms = await writePlatforms(catalogue.platforms);
  const { movieIds, ...movies } = await writeMovies(catalogue.movies, progress);
  const { userIds, ...users } = await writeUsers(catalogue.users, progress);
  const reviews: Tally = { added: 0, present: 0 };
  progress.begin('reviews', catalogue.reviewCount);
  for await (const some of catalogue.reviews()) {
    for (const batch of chunks(some, BATCH)) {
      const added = await writeReviews(batch, movieIds, userIds);
      reviews.added += added;
      reviews.present += batch.length - added;
      progress.advance(batch.length);
    }
  }
  progress.end();
  return { platforms, movies, users, reviews };
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

async function writeMovies(
  movies: NewMovie[],
  progress: Progress,
): Promise<Tally & { movieIds: Float64Array }> {
  progress.begin('movies', movies.length);
  const movieIds = new Float64Array(movies.length);
  const byPlatform = new Map<string, number[]>();
  movies.forEach(({ platform }, index) => {
    const key = foldCase(platform);
    const indexes = byPlatform.get(key);
    if (indexes) indexes.push(index);
    else byPlatform.set(key, [index]);
  });
  let added = 0;
  for (const indexes of byPlatform.values()) {
    const [first] = indexes.map((index) => movies[index] as NewMovie);
    const name = (first as NewMovie).platform;
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

async function writeUsers(users: NewUser[], progress: Progress): Promise<Tally & { userIds: number[] }> {
  progress.begin('users', users.length);
  const userIds: number[] = [];
  let added = 0;
  for (const batch of chunks(users, BATCH)) {
    const keys = batch.map(({ username }) => foldCase(username));
    const { ids, absent } = await againIfTaken(async () => {
      const present = await idsByKey(keys);
      // In the order of their keys, as every import adds them: two that add the same users never wait for each other.
      const absent = batch
        .filter((_, index) => !present.has(keys[index] as string))
        .toSorted((a, b) => (foldCase(a.username) < foldCase(b.username) ? -1 : 1));
      await User.bulkCreate(absent);
      return { ids: absent.length > 0 ? await idsByKey(keys) : present, absent: absent.length };
    });
    added += absent;
    userIds.push(...keys.map((key) => ids.get(key) as number));
    progress.advance(batch.length);
  }
  return { added, present: users.length - added, userIds };
}

async function idsByKey(keys: string[]): Promise<Map<string, number>> {
  const rows = await sequelize.query<{ id: number; username: string }>(
    'SELECT id, username FROM users WHERE username_key IN (?)',
    { replacements: [keys], type: QueryTypes.SELECT },
  );
  return new Map(rows.map(({ id, username }) => [foldCase(username), id]));
}

/** Adds those of the reviews whose user has none of the movie; gives how many. */
function writeReviews(batch: NewReview[], movieIds: Float64Array, userIds: number[]): Promise<number> {
  const reviews = batch.map(({ user, movie, rating, description, created }) => ({
    user_id: userIds[user] as number,
    watchlist_id: movieIds[movie] as number,
    rating,
    description,
    ...(created && { created, updated: created }),
  }));
  const movies = [...new Set(reviews.map(({ watchlist_id }) => watchlist_id))];
  return transaction(async () => {
    // While the movies are locked nobody else adds reviews of them: what is absent stays absent.
    await lockUsers([...new Set(reviews.map(({ user_id }) => user_id))]);
    await lockMovies(movies);
    const present = new Set(await pairsOf(movies));
    const absent = reviews.filter((review) => !present.has(`${review.watchlist_id} ${review.user_id}`));
    await Review.bulkCreate(absent);
    return absent.length;
  });
}

async function pairsOf(movies: number[]): Promise<string[]> {
  const rows = await sequelize.query<{ watchlist_id: number; user_id: number }>(
    'SELECT watchlist_id, user_id FROM reviews WHERE watchlist_id IN (?)',
    { replacements: [movies], type: QueryTypes.SELECT },
  );
  return rows.map(({ watchlist_id, user_id }) => `${watchlist_id} ${user_id}`);
}

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
