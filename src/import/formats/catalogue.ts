import type { Notes } from '../faults.js';
import type { Steps } from '../progress.js';

/** A platform to make where there is none of that name. */
export interface NewPlatform {
  name: string;
  about: string;
  website: string;
}

/** A movie to add to the platform of that name. */
export interface NewMovie {
  platform: string;
  title: string;
  storyline: string;
  active: boolean;
}

/** A user to make, without a usable password, where there is none of that name. */
export interface NewUser {
  username: string;
  email: string;
}

/** A review to add where that user has none of that movie; both are indexes into the catalogue's lists. */
export interface NewReview {
  user: number;
  movie: number;
  rating: number;
  description: string | null;
  /** Whether it is shown; by default it is. */
  active?: boolean;
  spoiler?: boolean;
  /** When it was written; by default now. */
  created?: Date;
}

/** What an import brings, read and checked whole before anything of it is written. */
export interface Catalogue {
  platforms: NewPlatform[];
  movies: NewMovie[];
  /** Where the reviews are of movies that are there already: those movies' ids, in place of `movies`. */
  storedMovies?: number[];
  users: NewUser[];
  reviewCount: number;
  /** The reviews, some at a time, each time in the order of their movies. */
  reviews(): AsyncIterable<NewReview[]>;
  /** Rows that were shortened to fit. */
  cut: Notes;
  /** Rows that are left out by rule. */
  passedOver: Notes;
}

/** What the reader of a format works with. */
export interface Reader {
  /** The lines that are wrong; any of them stops the import before it writes. */
  faults: Notes;
  progress: Steps;
}
