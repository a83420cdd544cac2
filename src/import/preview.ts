import { foldCase } from '../models/validation.js';
import { emptyDetails } from '../models/fill-details.js';
import { StreamPlatform } from '../models/stream-platform.js';
import type { Catalogue, NewMovie } from './catalogue.js';
import { matchMovies } from './platform-movies.js';
import {
  chunks,
  movieIndexesByPlatform,
  platformIdsByKey,
  reviewedPairs,
  userIdsByKey,
} from './existing-records.js';
import { countFilled, nothingFilled, type MovieTally, type Tally, type Written } from './tally.js';

/** Names and pairs in one query. */
const BATCH = 1_000;

/** The result that writing a checked catalogue would have now: a dry run, which only reads. */
export async function preview(catalogue: Catalogue): Promise<Written> {
  const platforms = await countPlatforms(catalogue);
  const userIds = await existingUsers(catalogue);
  const movieIds = catalogue.storedMovies ?? (await existingMovies(catalogue));
  const reviews: Tally = { added: 0, present: 0 };
  for await (const reviewsRead of catalogue.reviews()) {
    for (const batch of chunks(reviewsRead, BATCH)) {
      const pairs = batch.flatMap(({ user, movie }) => {
        const [user_id, watchlist_id] = [userIds[user], movieIds[movie]];
        return user_id && watchlist_id ? { user_id, watchlist_id } : [];
      });
      const present = (await reviewedPairs(pairs)).size;
      reviews.present += present;
      reviews.added += batch.length - present;
    }
  }
  const movies = await movieTally(catalogue.movies, catalogue.storedMovies ? [] : movieIds);
  return { platforms, movies, users: tallyOf(userIds), reviews };
}

async function countPlatforms({ platforms }: Catalogue): Promise<Tally> {
  const found = [];
  for (const batch of chunks(platforms, BATCH)) {
    const keys = batch.map(({ name }) => foldCase(name));
    const ids = await platformIdsByKey(keys);
    found.push(...keys.map((key) => ids.get(key)));
  }
  return tallyOf(found);
}

async function existingUsers({ users }: Catalogue): Promise<(number | undefined)[]> {
  const found = [];
  for (const batch of chunks(users, BATCH)) {
    const keys = batch.map(({ username }) => foldCase(username));
    const ids = await userIdsByKey(keys);
    found.push(...keys.map((key) => ids.get(key)));
  }
  return found;
}

async function existingMovies({ movies }: Catalogue): Promise<(number | undefined)[]> {
  const found = Array.from<number | undefined>({ length: movies.length });
  for (const [name, indexes] of await movieIndexesByPlatform(movies)) {
    const platform = await StreamPlatform.byName(name);
    if (!platform) continue;
    const { ids } = await matchMovies(
      platform.id,
      indexes.map((index) => movies[index] as NewMovie),
    );
    indexes.forEach((index, position) => {
      found[index] = ids[position];
    });
  }
  return found;
}

async function movieTally(movies: NewMovie[], ids: (number | undefined)[]): Promise<MovieTally> {
  const filled = nothingFilled();
  const known = ids.flatMap((id, index) =>
    id === undefined ? [] : [{ id, details: movies[index] as NewMovie }],
  );
  for (const batch of chunks(known, BATCH)) countFilled(filled, await emptyDetails(batch));
  return { ...tallyOf(ids), filled };
}

function tallyOf(ids: (number | undefined)[]): Tally {
  const present = ids.filter((id) => id !== undefined).length;
  return { added: ids.length - present, present };
}
