import type { MovieDetails } from '../models/fill-details.js';
import type { Notes } from './faults.js';
import type { Steps } from './progress.js';

/** A platform to create unless the name exists. */
export interface NewPlatform {
  name: string;
  about: string;
  website: string;
}

/** A movie to add to the platform of that name, or to fill in there. */
export interface NewMovie extends MovieDetails {
  platform: string;
  title: string;
  storyline: string;
  active: boolean;
  /** When it was added; now by default. */
  created?: Date;
}

/** A user to create, without a usable password, unless the name exists. */
export interface NewUser {
  username: string;
  email: string;
}

/** A review to add unless the user has one of the movie. Both are indexes into the catalogue's lists. */
export interface NewReview {
  user: number;
  movie: number;
  rating: number;
  description: string | null;
  /** Whether it is shown; true by default. */
  active?: boolean;
  spoiler?: boolean;
  /** When it was written; now by default. */
  created?: Date;
}

/** The records of an import. All of them are read and checked before any is written. */
export interface Catalogue {
  platforms: NewPlatform[];
  movies: NewMovie[];
  /** The ids of movies in the database that the reviews belong to, in place of `movies`. */
  storedMovies?: number[];
  users: NewUser[];
  reviewCount: number;
  /** The reviews in batches, each sorted by movie. */
  reviews(): AsyncIterable<NewReview[]>;
  /** Rows that were truncated to fit. */
  cut: Notes;
  /** Rows that are skipped by rule. */
  passedOver: Notes;
  /** Details of rows that are left empty by rule. */
  leftEmpty: Notes;
}

/** The collectors that a format's reader reports to. */
export interface ReaderContext {
  /** The invalid lines. Any of them stops the import before it writes. */
  faults: Notes;
  progress: Steps;
}
