import { QueryTypes } from 'sequelize';
import { dialect } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
import { log } from '../log.js';
import { hashIn } from './file-names.js';
import type { MediaStore } from './media-store.js';
import { mediaStore } from './store.js';

/**
 * How long a file is kept that no movie has, in milliseconds: longer than anything takes between its writing and the
 * movie's, be it an import of a night.
 */
const KEPT_MS = 24 * 3_600_000;
/** How many names are looked up at once. */
const BATCH = 500;

/** How often the files are swept, in milliseconds, by whichever process is first. */
const INTERVAL_MS = 24 * 3_600_000;

/** The setting with the time of the last sweep. */
const SWEPT = 'posters_swept';

/** Sweeps if the last sweep of any process is a day ago. */
export async function sweepWhenDue(): Promise<void> {
  if (!mediaStore) return;
  const last = await lastSweep();
  const now = Date.now();
  if (now - last < INTERVAL_MS || !(await moveSweep(last, now))) return;
  try {
    const removed = await sweepPosters(now);
    if (removed > 0) log.info({ removed }, 'pictures that no movie has were removed');
  } catch (error) {
    // Another process, or the next hour, tries again.
    await moveSweep(now, last);
    throw error;
  }
}

async function lastSweep(): Promise<number> {
  const ignore = dialect === 'mysql' ? 'IGNORE' : 'OR IGNORE';
  await sequelize.query(`INSERT ${ignore} INTO settings (name, value) VALUES (?, '0')`, {
    replacements: [SWEPT],
  });
  const [row] = await sequelize.query<{ value: string }>('SELECT value FROM settings WHERE name = ?', {
    replacements: [SWEPT],
    type: QueryTypes.SELECT,
  });
  return Number(row?.value ?? 0);
}

/** Sets the time of the last sweep, unless another process has set it meanwhile. */
async function moveSweep(from: number, to: number): Promise<boolean> {
  const moved: unknown = await sequelize.query('UPDATE settings SET value = ? WHERE name = ? AND value = ?', {
    replacements: [String(to), SWEPT, String(from)],
    type: QueryTypes.BULKUPDATE,
  });
  return moved === 1;
}

/**
 * Removes the files that no movie has: those of posters that were replaced, of deleted movies, and of writes that were cut
 * off.
 *
 * A poster may be given to a movie while its old files are being removed. Either the upload finds after its commit that they
 * are gone, and stores them again (`givePoster`); or the removal came later, and the second look here finds the movie.
 * @param now the time that a file's age is counted to
 * @returns how many files it removed
 */
export async function sweepPosters(now = Date.now()): Promise<number> {
  if (!mediaStore) return 0;
  let removed = 0;
  let batch: string[] = [];
  for await (const { name, modified } of mediaStore.list()) {
    if (now - modified.getTime() > KEPT_MS) batch.push(name);
    if (batch.length < BATCH) continue;
    removed += await removeUnnamed(mediaStore, batch);
    batch = [];
  }
  return removed + (await removeUnnamed(mediaStore, batch));
}

async function removeUnnamed(store: MediaStore, names: string[]): Promise<number> {
  const named = await hashesOfMovies(names);
  const unnamed = names.filter((name) => !named.has(hashIn(name) ?? ''));
  for (const name of unnamed) await removeOne(store, name);
  return unnamed.length;
}

async function removeOne(store: MediaStore, name: string): Promise<void> {
  const hash = hashIn(name);
  const content = hash === null ? null : await store.read(name);
  await store.remove(name);
  if (content === null || !(await hashesOfMovies([name])).has(hash as string)) return;
  await store.put(name, content);
  log.info({ name }, 'a poster was given to a movie while it was swept, and was kept');
}

/** Which posters in these files' names movies have. Reads from the primary: a replica may not know the newest. */
async function hashesOfMovies(names: string[]): Promise<Set<string>> {
  const hashes = [...new Set(names.map(hashIn).filter((hash) => hash !== null))];
  if (hashes.length === 0) return new Set();
  const rows = await sequelize.query<{ poster: string }>(
    'SELECT DISTINCT poster FROM watch_lists WHERE poster IN (:hashes)',
    { replacements: { hashes }, type: QueryTypes.SELECT },
  );
  return new Set(rows.map(({ poster }) => poster));
}
