import type { Entry, Remark } from '../reading/entry.js';

/** What a member's files say about one movie. */
export interface Opinion {
  movieId: number;
  /** Null where there is a text alone. */
  rating: number | null;
  /** Undefined where there are stars alone: a text that is there stays. */
  description: string | null | undefined;
  spoiler: boolean | undefined;
  created: Date | null;
  updated: Date | null;
  /** The line that it is of. */
  entry: Entry;
}

/** A movie that a member wants to see. */
export interface Wish {
  movieId: number;
  created: Date | null;
}

/** Entries with the ids of their movies. */
export type Found = readonly (readonly [entry: Entry, movieId: number])[];

const timeOf = ({ created }: Entry) => created?.getTime() ?? -Infinity;

/** The last of entries by time; of those at the same time the last in the files. */
function latest(entries: Entry[]): Entry | undefined {
  return entries.reduce<Entry | undefined>(
    (best, entry) => (best && timeOf(best) > timeOf(entry) ? best : entry),
    undefined,
  );
}

/**
 * Makes one opinion of all entries about a movie: its stars are those of the last rating, its text is that of the last review.
 * @param notes gets a note for each entry that another one outdoes
 */
export function opinionsOf(found: Found, notes: Remark[]): Opinion[] {
  return [...byMovie(found)].map(([movieId, entries]) => {
    const texts = entries.filter(({ description, own }) => description || own);
    const hasText = new Set(texts);
    const ratings = entries.filter((entry) => entry.rating !== null && !hasText.has(entry));
    const [text, stars] = [latest(texts), latest(ratings)];
    noteOthers(texts, text, notes);
    noteOthers(ratings, stars, notes);
    const rated = stars ?? latest(texts.filter(({ rating }) => rating !== null));
    const entry = (text ?? stars) as Entry;
    return {
      movieId,
      rating: rated?.rating ?? null,
      description: text?.description,
      spoiler: text?.spoiler,
      created: entry.created,
      updated: entry.updated,
      entry,
    };
  });
}

/** The movies of saved entries, each once, the first saved first. */
export function wishesOf(found: Found, notes: Remark[]): Wish[] {
  const wishes = [...byMovie(found)].map(([movieId, entries]) => {
    const last = latest(entries) as Entry;
    noteOthers(entries, last, notes);
    return { movieId, created: last.created };
  });
  // Marquee's own files have them in that order, whatever their times say.
  if (found.every(([{ own }]) => own)) return wishes;
  return wishes.toSorted((a, b) => (a.created?.getTime() ?? Infinity) - (b.created?.getTime() ?? Infinity));
}

function byMovie(found: Found): Map<number, Entry[]> {
  const groups = new Map<number, Entry[]>();
  for (const [entry, movieId] of found) {
    const group = groups.get(movieId);
    if (group) group.push(entry);
    else groups.set(movieId, [entry]);
  }
  return groups;
}

function noteOthers(entries: Entry[], best: Entry | undefined, notes: Remark[]): void {
  for (const { file, line } of entries.filter((entry) => entry !== best)) {
    const where = best?.file === file ? `line ${best.line}` : `line ${best?.line} of ${best?.file}`;
    notes.push({ file, line, message: `It is the same movie as in ${where}, which is later and counts.` });
  }
}
