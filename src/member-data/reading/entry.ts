/** One line of a file: what a member thinks of a movie, or that they want to see it. */
export interface Entry {
  file: string;
  /** The physical line that it starts at; in JSON the number of the element. */
  line: number;
  title: string;
  /** The title in its own language, where the file has it. */
  originalTitle: string;
  year: number | null;
  imdbId: string | null;
  /** Whether it is a show; null where the file does not say. */
  isShow: boolean | null;
  /** Whether only an id can tell the movie: the title is an episode's. */
  isEpisode: boolean;
  /** The platform's name and the movie's id, where Marquee wrote the file. */
  own: { platform: string; movie: number } | null;
  /** Stars, 1 to 5; null where the line has none. */
  rating: number | null;
  /** The text; undefined where the file has no texts, or the line has none. */
  description: string | null | undefined;
  spoiler: boolean | undefined;
  /** When it was written; null where the file does not say. */
  created: Date | null;
  updated: Date | null;
}

/** Something to say about a line, or with `line` null about a file. */
export interface Remark {
  file: string;
  line: number | null;
  message: string;
}

/** What files of a member say. */
export interface Reading {
  /** Ratings and reviews, in the files' order. */
  reviews: Entry[];
  /** Movies that the member wants to see, in the files' order. */
  saved: Entry[];
  /** Lines that are left out since they cannot be read. */
  faults: Remark[];
  /** What else the member should know. */
  notes: Remark[];
  /** How many lines and elements have been read, whatever became of them. */
  lines: number;
}

/** The input cannot be imported at all. The message says what it is and what to do. */
export class BadFile extends Error {
  override name = 'BadFile';
}

/** The most lines of an import. */
const ENTRIES_MAX = 50_000;

/**
 * Counts lines before anything is made of them.
 * @throws {BadFile} where files have more than an import takes
 */
export function countLines(into: Reading, more: number): void {
  into.lines += more;
  if (into.lines > ENTRIES_MAX) {
    throw new BadFile(
      `There are more than ${ENTRIES_MAX.toLocaleString('en')} lines: import them in several files.`,
    );
  }
}
