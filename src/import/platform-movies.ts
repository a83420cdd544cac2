import { QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { isoTime, timeText } from '../database/sql/time.js';
import { foldCase } from '../models/validation.js';
import type { NewMovie } from './catalogue.js';
import { forEachInTurns } from './turns.js';

/** Movies in one query. The event loop turns between two. */
const READ = 5_000;

interface Row {
  id: number;
  title: string;
  year: number | null;
  created: string;
}

/** A platform's movies that an import has, too. */
export interface Matches {
  /** The ids of the movies, in their order; undefined for those that do not exist. */
  ids: (number | undefined)[];
  /** The id of the platform's newest movie; 0 where it has none. */
  newestId: number;
}

/**
 * Matches movies of an import with a platform's: by title, without regard to case. Among movies that share a title those
 * that share the time of creation, if the import has it, or the year are the same; the others are matched in order of
 * creation: the first in the import is the oldest, and so on. So each is imported once, however often the import runs.
 */
export async function matchMovies(platformId: number, movies: readonly NewMovie[]): Promise<Matches> {
  const indexes = new Map<string, number[]>();
  await forEachInTurns(movies, ({ title }, index) => add(indexes, foldCase(title), index));
  const stored = await moviesOf(platformId);
  const rows = new Map<string, Row[]>();
  await forEachInTurns(stored, (row) => {
    const key = foldCase(row.title);
    if (indexes.has(key)) add(rows, key, row);
  });
  const ids = Array.from<number | undefined>({ length: movies.length });
  await forEachInTurns([...rows], ([key, sharing]) => {
    const imported = (indexes.get(key) ?? []).map((index) => ({ index, movie: movies[index] as NewMovie }));
    for (const [index, id] of pairs(sharing, imported)) ids[index] = id;
  });
  return { ids, newestId: stored.at(-1)?.id ?? 0 };
}

function add<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

interface Imported {
  index: number;
  movie: NewMovie;
}

/** What movies that share a title are paired by, the surest first. Movies without it stay for the next. */
const PAIRED_BY: {
  ofStored: (row: Row) => string | number | null;
  ofImported: (movie: NewMovie) => string | number | null | undefined;
}[] = [
  { ofStored: ({ created }) => isoTime(created), ofImported: ({ created }) => created?.toISOString() },
  { ofStored: ({ year }) => year, ofImported: ({ year }) => year },
  { ofStored: () => 'in order', ofImported: () => 'in order' },
];

/** Pairs stored and imported movies that share a title: the indexes of the imported ones, each with the id of the stored one. */
function pairs(rows: Row[], imported: Imported[]): Map<number, number> {
  const paired = new Map<number, number>();
  let free = rows;
  for (const { ofStored, ofImported } of PAIRED_BY) {
    const byKey = new Map<string | number | null, Row[]>();
    // The oldest comes last, where `pop` takes it.
    for (const row of free.toReversed()) add(byKey, ofStored(row), row);
    for (const { index, movie } of imported) {
      const key = paired.has(index) ? null : (ofImported(movie) ?? null);
      const row = key === null ? undefined : byKey.get(key)?.pop();
      if (row) paired.set(index, row.id);
    }
    const taken = new Set(paired.values());
    free = free.filter(({ id }) => !taken.has(id));
  }
  return paired;
}

async function moviesOf(platformId: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await sequelize.query<Row>(
      `SELECT id, title, year, ${timeText('watch_lists', 'created')} FROM watch_lists
      WHERE platform_id = ? AND id > ? ORDER BY id LIMIT ?`,
      { replacements: [platformId, rows.at(-1)?.id ?? 0, READ], type: QueryTypes.SELECT },
    );
    rows.push(...page);
    if (page.length < READ) return rows;
  }
}

/**
 * Reads the ids of the newest movies of locked platforms.
 * @returns them by the platforms' ids; a platform without movies is not among them
 */
export async function newestMovies(platformIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await sequelize.query<{ id: number; newest: number | null }>(
    `SELECT platform.id, (SELECT movie.id FROM watch_lists AS movie WHERE movie.platform_id = platform.id
      ORDER BY movie.id DESC LIMIT 1) AS newest
    FROM stream_platforms AS platform WHERE platform.id IN (?)`,
    { replacements: [platformIds], type: QueryTypes.SELECT },
  );
  return new Map(rows.flatMap(({ id, newest }) => (newest === null ? [] : [[id, newest] as const])));
}
