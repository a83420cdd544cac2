import { QueryTypes } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
import { outsideTransaction } from '../database/transaction-context.js';
import { transaction } from '../database/transactions.js';
import { type Change, changed, decoded, encoded, note, placeOf } from './id-blocks.js';
import { takeTurn } from './index-turn.js';
import { titleKeys } from './title-keys.js';
import { countTitleWords } from './title-words.js';
import { indexKeys, titleText } from './words.js';

/*
 * The inverted index of the movies' words on MySQL and MariaDB. `watch_list_postings` has the posting list of each word,
 * in blocks of ids; `watch_list_indexed` has the words under which each movie is indexed; `watch_list_title_words` counts
 * the movies with each word in the title. Only this file writes them, from the queue.
 */

/** Movies that one transaction indexes. */
const BATCH = 2_000;
/** Keys that one statement writes; a block of a common word takes 8 KiB. */
const KEYS = 200;
/** Movies that one statement of `queueForgotten` compares. */
const COMPARED = 10_000;

interface Queued {
  id: number;
  /** Its words now and in the index; null where the movie is deleted, or not indexed yet. */
  now: string | null;
  indexed: string | null;
  /** The tokens of its title, likewise. */
  titleNow: string | null;
  titleIndexed: string | null;
}

function read<Row extends object>(sql: string, replacements: unknown[]): Promise<Row[]> {
  return sequelize.query<Row>(sql, { replacements, type: QueryTypes.SELECT });
}

/**
 * Indexes all queued movies. Several processes may call it at once.
 * @returns the number of movies taken from the queue
 * @throws {DatabaseError} any error of the database; movies that were not indexed stay queued
 */
export async function indexMovies(): Promise<number> {
  if (dialect === 'sqlite') return 0;
  for (let done = 0; ;) {
    const queued = await read<{ movie_id: number }>(
      'SELECT movie_id FROM watch_list_index_queue ORDER BY movie_id LIMIT ?',
      [BATCH],
    );
    if (queued.length === 0) return done;
    const ids = queued.map(({ movie_id }) => movie_id);
    done += await outsideTransaction(() => transaction(() => indexBatch(ids), { repeatable: true }));
  }
}

/**
 * Indexes these movies in the caller's transaction. A transaction that changes one of them meanwhile waits for the lock
 * of its queue entry, and queues it again afterwards.
 */
async function indexBatch(ids: number[]): Promise<number> {
  const turn = await takeTurn();
  const locked = await read<{ movie_id: number }>(
    'SELECT movie_id FROM watch_list_index_queue WHERE movie_id IN (?) FOR UPDATE',
    [ids],
  );
  if (locked.length === 0) return 0;
  const taken = locked.map(({ movie_id }) => movie_id);
  // A statement of its own, to see the rows as they are once the lock is granted. It reads only the locked movies:
  // others may have been queued since.
  const rows = await read<Omit<Queued, 'titleNow'> & { title: string | null }>(
    `SELECT queue.movie_id AS id, movie.search_text AS now, indexed.search_text AS indexed, movie.title AS title,
      indexed.title_text AS titleIndexed
    FROM watch_list_index_queue AS queue
    LEFT JOIN watch_lists AS movie ON movie.id = queue.movie_id
    LEFT JOIN watch_list_indexed AS indexed ON indexed.movie_id = queue.movie_id
    WHERE queue.movie_id IN (?)`,
    [taken],
  );
  const movies = rows.map(({ title, ...movie }) => ({
    ...movie,
    titleNow: title === null ? null : titleText(title),
  }));
  await countTitleWords(movies, turn);
  for (const [block, changes] of changesOf(movies)) await writeBlock(block, changes);
  await writeIndexed(movies);
  await sequelize.query('DELETE FROM watch_list_index_queue WHERE movie_id IN (?)', {
    replacements: [taken],
  });
  return taken.length;
}

/** The changes of each block, by key. */
function changesOf(movies: readonly Queued[]): Map<number, Map<string, Change>> {
  const blocks = new Map<number, Map<string, Change>>();
  for (const { id, now, indexed, titleNow, titleIndexed } of movies) {
    const { block, offset } = placeOf(id);
    const changes = blocks.get(block) ?? new Map<string, Change>();
    blocks.set(block, changes);
    const before = new Set([...indexKeys(indexed), ...titleKeys(titleIndexed)]);
    const after = new Set([...indexKeys(now), ...titleKeys(titleNow)]);
    for (const key of before) if (!after.has(key)) note(changes, key, 'going', offset);
    for (const key of after) if (!before.has(key)) note(changes, key, 'coming', offset);
  }
  return blocks;
}

async function writeBlock(block: number, changes: Map<string, Change>): Promise<void> {
  const keys = [...changes.keys()];
  for (let from = 0; from < keys.length; from += KEYS) {
    const part = keys.slice(from, from + KEYS).map((key) => Buffer.from(key));
    const stored = await read<{ word: Buffer; ids: Buffer }>(
      'SELECT word, ids FROM watch_list_postings WHERE block = ? AND word IN (?)',
      [block, part],
    );
    const before = new Map(stored.map(({ word, ids }) => [word.toString(), decoded(ids)]));
    const rows = part.map((word) => {
      const key = word.toString();
      return [word, block, encoded(changed(before.get(key), changes.get(key) as Change))] as const;
    });
    await replace(rows.filter(([, , ids]) => ids.length > 0));
    const empty = rows.filter(([, , ids]) => ids.length === 0).map(([word]) => word);
    if (empty.length > 0) {
      await sequelize.query('DELETE FROM watch_list_postings WHERE block = ? AND word IN (?)', {
        replacements: [block, empty],
      });
    }
  }
}

async function replace(rows: (readonly [word: Buffer, block: number, ids: Buffer])[]): Promise<void> {
  if (rows.length === 0) return;
  await sequelize.query(
    `INSERT INTO watch_list_postings (word, block, ids) VALUES ${rows.map(() => '(?)').join(', ')}
    ON DUPLICATE KEY UPDATE ids = VALUES(ids)`,
    { replacements: rows.map((row) => [...row]) },
  );
}

async function writeIndexed(movies: readonly Queued[]): Promise<void> {
  const gone = movies.filter(({ now, indexed }) => now === null && indexed !== null);
  const words = movies.filter(
    ({ now, indexed, titleNow, titleIndexed }) =>
      now !== null && (now !== indexed || titleNow !== titleIndexed),
  );
  if (gone.length > 0) {
    await sequelize.query('DELETE FROM watch_list_indexed WHERE movie_id IN (?)', {
      replacements: [gone.map(({ id }) => id)],
    });
  }
  if (words.length > 0) {
    await sequelize.query(
      `INSERT INTO watch_list_indexed (movie_id, search_text, title_text) VALUES ${words.map(() => '(?)').join(', ')}
      ON DUPLICATE KEY UPDATE search_text = VALUES(search_text), title_text = VALUES(title_text)`,
      { replacements: words.map(({ id, now, titleNow }) => [id, now, titleNow]) },
    );
  }
}

/**
 * Queues the movies whose words differ from the index. Only an older version running beside this one, or writes that
 * bypass the application, leave any.
 */
export async function queueForgotten(): Promise<void> {
  if (dialect === 'sqlite') return;
  for (const [sql, table, key] of FORGOTTEN) {
    const [last] = await read<{ id: number | null }>(`SELECT MAX(${key}) AS id FROM ${table}`, []);
    for (let from = 0; from <= (last?.id ?? -1); from += COMPARED) {
      await sequelize.query(`INSERT IGNORE INTO watch_list_index_queue ${sql}`, {
        replacements: [from, from + COMPARED],
        type: QueryTypes.INSERT,
      });
    }
  }
}

/** The number of rows of a table, or of a condition on one. */
async function count(sql: string, values: number[] = []): Promise<number> {
  const [row] = await read<{ count: number }>(`SELECT COUNT(*) AS count FROM ${sql}`, values);
  return Number(row?.count ?? 0);
}

/** The movies, those of them that are queued, and what `queueForgotten` would queue besides. MySQL and MariaDB only. */
export async function indexCounts(): Promise<{ movies: number; queued: number; forgotten: number }> {
  let forgotten = 0;
  for (const [sql] of FORGOTTEN) {
    forgotten += await count(
      `(${sql}) AS missed WHERE id NOT IN (SELECT movie_id FROM watch_list_index_queue)`,
      [0, Number.MAX_SAFE_INTEGER],
    );
  }
  return { movies: await count('watch_lists'), queued: await count('watch_list_index_queue'), forgotten };
}

/** Finds movies that are missing or outdated in the index, and deleted movies in it; with the table and key to walk. */
const FORGOTTEN = [
  [
    `SELECT movie.id AS id FROM watch_lists AS movie LEFT JOIN watch_list_indexed AS indexed ON indexed.movie_id = movie.id
    WHERE movie.id >= ? AND movie.id < ? AND (NOT (movie.search_text <=> indexed.search_text) OR indexed.title_text IS NULL)`,
    'watch_lists',
    'id',
  ],
  [
    `SELECT indexed.movie_id AS id FROM watch_list_indexed AS indexed LEFT JOIN watch_lists AS movie ON movie.id = indexed.movie_id
    WHERE indexed.movie_id >= ? AND indexed.movie_id < ? AND movie.id IS NULL`,
    'watch_list_indexed',
    'movie_id',
  ],
] as const;
