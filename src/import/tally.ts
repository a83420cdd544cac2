import { type Detail, DETAILS } from '../models/fill-details.js';

/** How many records of a kind an import added, and how many existed. */
export interface Tally {
  added: number;
  present: number;
}

/** How many existing movies an import has filled details in, and how many of each detail. */
export type Filled = Record<Detail | 'movies', number>;

export interface MovieTally extends Tally {
  filled: Filled;
}

/** The result of an import, by kind of record. */
export interface Written {
  platforms: Tally;
  movies: MovieTally;
  users: Tally;
  reviews: Tally;
}

/** Counts of zero. */
export function nothingFilled(): Filled {
  return { movies: 0, year: 0, kind: 0, genres: 0, runtime: 0, imdb_id: 0 };
}

/** Counts movies that are filled in. */
export function countFilled(filled: Filled, movies: readonly { details: object }[]): void {
  filled.movies += movies.length;
  for (const { details } of movies) {
    for (const detail of DETAILS) if (detail in details) filled[detail] += 1;
  }
}
