import { QueryTypes } from 'sequelize';
import { sequelize } from '../../database/database.js';
import { foldCase } from '../../models/validation.js';
import type { Kind } from '../../models/movie-fields.js';
import { Turns } from '../../import/turns.js';
import type { Entry } from '../reading/entry.js';
import { titleKeys } from './title-keys.js';

/** A movie that may be the one of an entry. */
interface Candidate {
  id: number;
  title_key: string;
  year: number | null;
  kind: Kind;
  imdb_id: string | null;
  number_rating: number;
  platform: string;
}

/** Entries whose movies one statement looks up. */
const BATCH = 200;
/** Values that one statement compares with. */
const VALUES = 500;
/** How far apart the years of two catalogues may be: of the first showing, and of the release. */
const YEARS_APART = 1;

const SELECT = `SELECT movie.id, movie.title_key, movie.year, movie.kind, movie.imdb_id, movie.number_rating,
  platform.name AS platform
  FROM watch_lists AS movie LEFT JOIN stream_platforms AS platform ON platform.id = movie.platform_id`;

/**
 * Finds the movies of entries: by their ids on IMDb, else by title and year, else by a title that only one film has. Of a
 * film that is there several times, on several platforms, it is the one that the member knows, else the most rated.
 * @param known the movies that the member has reviewed or saved
 * @returns the movies' ids, in the order of the entries; null for those that are not found
 */
export async function matchEntries(
  entries: readonly Entry[],
  known: ReadonlySet<number>,
): Promise<(number | null)[]> {
  const found: (number | null)[] = [];
  const taken = new Set<number>();
  const turns = new Turns();
  for (let at = 0; at < entries.length; at += BATCH) {
    const batch = entries.slice(at, at + BATCH);
    const keys = batch.map(titleKeys);
    const byImdbId = grouped(
      await read(
        'imdb_id',
        batch.flatMap(({ imdbId }) => imdbId ?? []),
      ),
      'imdb_id',
    );
    const unknown = keys.filter((_, index) => !byImdbId.has(batch[index]?.imdbId ?? ''));
    const byKey = grouped(await read('title_key', unknown.flat()), 'title_key');
    for (const [index, entry] of batch.entries()) {
      const ofKeys = (keys[index] as string[]).map((key) => byKey.get(key) ?? []);
      const candidates = byImdbId.get(entry.imdbId ?? '') ?? titled(entry, ofKeys);
      const best = bestOf(entry, candidates, { known, taken });
      if (best && entry.own) taken.add(best.id);
      found.push(best?.id ?? null);
      await turns.give();
    }
  }
  return found;
}

async function read(column: 'imdb_id' | 'title_key', values: string[]): Promise<Candidate[]> {
  const distinct = [...new Set(values)];
  const candidates: Candidate[] = [];
  for (let at = 0; at < distinct.length; at += VALUES) {
    const rows = await sequelize.query<Candidate>(`${SELECT} WHERE movie.${column} IN (?)`, {
      replacements: [distinct.slice(at, at + VALUES)],
      type: QueryTypes.SELECT,
    });
    // MySQL gives keys as bytes.
    for (const row of rows) candidates.push({ ...row, title_key: String(row.title_key) });
  }
  return candidates;
}

function grouped(candidates: Candidate[], column: 'imdb_id' | 'title_key'): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = candidate[column] ?? '';
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  return groups;
}

/** The candidates that fit the entry's title and year; several only where they are one film. */
function titled(entry: Entry, ofKeys: Candidate[][]): Candidate[] {
  if (entry.isEpisode) return [];
  // Another id is another film.
  const all = ofKeys.map((group) => group.filter(({ imdb_id }) => !imdb_id || !entry.imdbId));
  if (entry.year !== null) {
    const exact = all.map((group) => group.filter(({ year }) => year === entry.year));
    const first = exact.find((group) => group.length > 0);
    if (first) return first;
  }
  const group = all.find((some) => some.length > 0) ?? [];
  // Marquee has several films of a title and no year, and its own files tell them apart.
  const undated = entry.own ? group.filter(({ year }) => year === entry.year) : [];
  if (undated.length > 0) return undated;
  if (new Set(group.map(filmOf)).size !== 1) return [];
  return group.filter(
    ({ year }) => entry.year === null || year === null || Math.abs(year - entry.year) <= YEARS_APART,
  );
}

/** What tells films of one title apart. */
function filmOf({ id, imdb_id, year }: Candidate): string {
  return imdb_id ?? (year === null ? `#${id}` : String(year));
}

function bestOf(
  entry: Entry,
  candidates: Candidate[],
  { known, taken }: { known: ReadonlySet<number>; taken: ReadonlySet<number> },
): Candidate | undefined {
  const { own, isShow } = entry;
  // The first of these that differs decides.
  const marks = (candidate: Candidate) => [
    // Two movies of an export are two here, where there are as many.
    Number(own !== null && !taken.has(candidate.id)),
    Number(own !== null && foldCase(candidate.platform ?? '') === foldCase(own.platform)),
    Number(own?.movie === candidate.id),
    Number(known.has(candidate.id)),
    Number(isShow !== null && isShow === (candidate.kind === 'show')),
    candidate.number_rating,
    -candidate.id,
  ];
  return candidates.toSorted((a, b) => {
    const [ofA, ofB] = [marks(a), marks(b)];
    const at = ofA.findIndex((mark, index) => mark !== ofB[index]);
    return (ofB[at] ?? 0) - (ofA[at] ?? 0);
  })[0];
}
