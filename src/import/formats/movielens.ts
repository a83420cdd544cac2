import type { Catalogue, NewMovie, NewReview, NewUser, ReaderContext } from '../catalogue.js';
import { parseUnixTime } from '../../models/time.js';
import { BadInput, Notes } from '../faults.js';
import { type InputFile, type InputFolder, sizeOf } from '../files.js';
import { csvRows, datRows } from '../rows.js';
import { localId } from './local-id.js';
import { fitMovie, NO_DESCRIPTION } from './fit-movie.js';
import { ForeignDetails } from './foreign-details.js';

const PLATFORM = {
  name: 'MovieLens',
  about: 'Movies and ratings of the MovieLens recommendation service, collected by GroupLens.',
  website: 'https://movielens.org/',
};

/** The genre of movies without genres. */
const NO_GENRES = '(no genres listed)';

/** Reviews in a batch. */
const BATCH = 5_000;

/**
 * Reads a MovieLens folder: `movies` and `ratings`, as `.csv` or the older `.dat`.
 * @see https://grouplens.org/datasets/movielens/
 * @throws {BadInput} if the folder holds neither
 */
export async function readMovieLens(folder: InputFolder, reader: ReaderContext): Promise<Catalogue> {
  const extension = folder.find('movies.csv') ? 'csv' : 'dat';
  const files = { movies: folder.find(`movies.${extension}`), ratings: folder.find(`ratings.${extension}`) };
  const absent = Object.entries(files).filter(([, file]) => !file);
  if (absent.length > 0) {
    const names = absent.map(([name]) => `${name}.csv or ${name}.dat`).join(' and ');
    throw new BadInput(`${folder.path} is not a MovieLens folder: it lacks ${names} (each may be gzipped)`);
  }
  const { movies: movieFile, ratings: ratingFile } = files as Record<keyof typeof files, InputFile>;
  const linkFile = folder.find('links.csv');
  reader.progress.begin('reading', sizeOf([movieFile, ratingFile, linkFile]));
  const cut = new Notes();
  const details = new ForeignDetails(cut);
  const { movies, indexes } = await readMovies(movieFile, reader, { cut, details });
  if (linkFile) await readLinks(linkFile, reader, { movies, indexes, details });
  const ratings = await readRatings(ratingFile, reader, indexes);
  return {
    platforms: [PLATFORM],
    movies,
    users: ratings.users,
    reviewCount: ratings.stars.length,
    reviews: () => reviewsOf(ratings, movies.length),
    cut,
    passedOver: ratings.passedOver,
    leftEmpty: details.leftEmpty,
  };
}

/** The reader for a file's syntax. */
function rowsOf(file: InputFile): typeof csvRows {
  return /\.csv(\.gz)?$/.test(file.name) ? csvRows : datRows;
}

async function readMovies(
  file: InputFile,
  { faults, progress }: ReaderContext,
  { cut, details }: { cut: Notes; details: ForeignDetails },
) {
  const movies: NewMovie[] = [];
  const indexes = new Map<string, number>();
  const columns = ['movieId', 'title', 'genres'] as const;
  const onBytes = (bytes: number) => progress.advance(bytes);
  for await (const rows of rowsOf(file)({ file, columns, faults, onBytes })) {
    for (const row of rows) {
      const { title, genres } = row.values;
      const movieId = localId(row.values.movieId);
      if (!/^\d+$/.test(movieId)) faults.add(row, `movieId: ${JSON.stringify(movieId)} is not a number`);
      else if (indexes.has(movieId)) faults.add(row, `movieId: ${movieId} is there twice`);
      indexes.set(movieId, movies.length);
      const names = genres.split('|').filter((name) => name.trim() !== '' && name !== NO_GENRES);
      const texts = fitMovie(row, { title, storyline: storylineOf(names) }, { faults, cut });
      if (!texts) continue;
      movies.push({
        platform: PLATFORM.name,
        ...texts,
        active: true,
        year: details.year(row, yearIn(title)),
        genres: details.genres(row, names),
      });
    }
  }
  return { movies, indexes };
}

/** MovieLens has no storylines: its genres stand in for one. */
function storylineOf(names: string[]): string {
  return names.length === 0 ? NO_DESCRIPTION : `${names.join(', ')}.`;
}

/** The year that a title ends with, as in `Heat (1995)`; of a show's years, as in `Cosmos (1980–1981)`, the first. */
function yearIn(title: string): number | null {
  const year = /\((\d{4})(?:[-–]\d{0,4})?\)$/.exec(title.trim())?.[1];
  return year === undefined ? null : Number(year);
}

/** Reads the movies' ids on other sites. Lines about movies that are not there are left out. */
async function readLinks(
  file: InputFile,
  { faults, progress }: ReaderContext,
  { movies, indexes, details }: { movies: NewMovie[]; indexes: Map<string, number>; details: ForeignDetails },
): Promise<void> {
  const columns = ['movieId', 'imdbId'] as const;
  const onBytes = (bytes: number) => progress.advance(bytes);
  for await (const rows of csvRows({ file, columns, faults, onBytes })) {
    for (const row of rows) {
      const movie = movies[indexes.get(localId(row.values.movieId)) ?? -1];
      if (movie) movie.imdb_id ??= details.imdbId(row, row.values.imdbId);
      else details.leave(row, 'movieId', row.values.movieId);
    }
  }
}

/** Ratings as columns of numbers: a million of them take megabytes, where objects take hundreds. */
interface Ratings {
  movie: number[];
  user: number[];
  stars: number[];
  seconds: number[];
  users: NewUser[];
  passedOver: Notes;
}

async function readRatings(
  file: InputFile,
  { faults, progress }: ReaderContext,
  movies: Map<string, number>,
): Promise<Ratings> {
  const ratings: Ratings = {
    movie: [],
    user: [],
    stars: [],
    seconds: [],
    users: [],
    passedOver: new Notes(),
  };
  const users = new Map<string, number>();
  const seen = new Set<number>();
  const columns = ['userId', 'movieId', 'rating', 'timestamp'] as const;
  const onBytes = (bytes: number) => progress.advance(bytes);
  for await (const rows of rowsOf(file)({ file, columns, faults, onBytes })) {
    for (const row of rows) {
      const { userId, movieId, rating, timestamp } = row.values;
      const movie = movies.get(localId(movieId));
      const rowFaults = faultsOf(userId, rating, timestamp);
      if (movie === undefined) rowFaults.push(`movieId: there is no movie ${JSON.stringify(movieId)}`);
      if (movie === undefined || rowFaults.length > 0) {
        faults.add(row, rowFaults.join('; '));
        continue;
      }
      const name = String(Number(userId));
      const user = users.get(name) ?? users.size;
      if (user === users.size) {
        users.set(name, user);
        ratings.users.push({ username: `ml-${name}`, email: `ml-${name}@movielens.invalid` });
      }
      const pair = movie * 2 ** 26 + user;
      if (seen.has(pair)) {
        ratings.passedOver.add(row, `user ${userId} has rated movie ${movieId} in an earlier line`);
        continue;
      }
      seen.add(pair);
      ratings.movie.push(movie);
      ratings.user.push(user);
      ratings.stars.push(Math.ceil(Number(rating)));
      ratings.seconds.push(Number(timestamp));
    }
  }
  return ratings;
}

function faultsOf(userId: string, rating: string, timestamp: string): string[] {
  const faults: string[] = [];
  if (!/^\d{1,15}$/.test(userId)) faults.push(`userId: ${JSON.stringify(userId)} is not a number`);
  if (!/^(0?\.50*|[1-4](\.[05]0*)?|5(\.0+)?)$/.test(rating)) {
    faults.push(`rating: ${JSON.stringify(rating)} is not 0.5 to 5 by halves`);
  }
  if (!parseUnixTime(timestamp))
    faults.push(`timestamp: ${JSON.stringify(timestamp)} is not a time in seconds`);
  return faults;
}

async function* reviewsOf(ratings: Ratings, movies: number): AsyncGenerator<NewReview[]> {
  const order = orderByMovie(ratings.movie, movies);
  for (let start = 0; start < order.length; start += BATCH) {
    yield Array.from(order.subarray(start, start + BATCH), (index) => ({
      user: ratings.user[index] as number,
      movie: ratings.movie[index] as number,
      rating: ratings.stars[index] as number,
      description: null,
      created: new Date((ratings.seconds[index] as number) * 1_000),
    }));
  }
}

/** The ratings' indexes sorted by movie, by a counting sort. */
function orderByMovie(movie: number[], movies: number): Uint32Array {
  const next = new Uint32Array(movies + 1);
  for (const index of movie) next[index + 1] = (next[index + 1] as number) + 1;
  for (let index = 1; index <= movies; index += 1)
    next[index] = (next[index] as number) + (next[index - 1] as number);
  const order = new Uint32Array(movie.length);
  movie.forEach((of, index) => {
    order[next[of] as number] = index;
    next[of] = (next[of] as number) + 1;
  });
  return order;
}
