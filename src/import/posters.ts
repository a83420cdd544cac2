import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { transaction } from '../database/transactions.js';
import { BadPicture, checkPicture, PICTURE_BYTES } from '../media/picture.js';
import { givePoster, storePoster, type StoredPoster } from '../media/posters.js';
import { WatchList } from '../models/watch-list.js';
import type { ReaderContext } from './catalogue.js';
import { Notes } from './faults.js';
import type { InputFile, InputFolder } from './files.js';

/** The files that are read: each is named by its movie's id or IMDb id. */
const NAMED = /^(?:(?<id>[1-9]\d{0,15})|(?<imdb>tt\d{7,10}))\.(?:jpe?g|png|webp|avif)$/i;

/** How many names are looked up at once. */
const BATCH = 500;

/** The outcome of an import of posters. */
export interface PostersWritten {
  /** Movies that got a poster. */
  added: number;
  /** Movies that had one, and keep it. */
  present: number;
  /** Files that no movie has the name of. */
  passedOver: Notes;
}

/** A file and the movies without a poster that it is for. */
interface Task {
  file: InputFile;
  movies: number[];
}

/**
 * Gives movies the pictures of a folder. A movie that has a poster keeps it, so that a second run adds what is new. All
 * pictures are checked and stored before the first movie is written; those of a run that fails are swept.
 * @throws {BadInput} with all bad files; then nothing is written; {StoreError}
 */
export async function importPosters(
  folder: InputFolder,
  { faults, progress }: ReaderContext,
): Promise<PostersWritten> {
  const passedOver = new Notes();
  const files = folder.matching(/./).map(({ file }) => file);
  const { tasks, present } = await findMovies(files, { faults, passedOver });
  faults.refuseAny();
  progress.begin('checking', tasks.length);
  await inParallel(tasks, async ({ file }) => {
    await noting(file, faults, async () => checkPicture(await contentOf(file)));
    progress.advance(1);
  });
  faults.refuseAny();
  progress.begin('pictures', tasks.length);
  const posters = new Map<Task, StoredPoster>();
  await inParallel(tasks, async (task) => {
    const store = async () => storePoster(await contentOf(task.file));
    const poster = await noting(task.file, faults, store);
    // The pictures that it would restore add up in memory, but the file is there.
    if (poster) posters.set(task, { ...poster, restore: store });
    progress.advance(1);
  });
  faults.refuseAny();
  progress.begin('movies', tasks.length);
  const added = await giveAll(posters, () => progress.advance(1));
  progress.end();
  return { added, present, passedOver };
}

/** Finds the movies that the files are for. */
async function findMovies(
  files: InputFile[],
  { faults, passedOver }: { faults: Notes; passedOver: Notes },
): Promise<{ tasks: Task[]; present: number }> {
  const tasks: Task[] = [];
  const fileOf = new Map<number, InputFile>();
  let present = 0;
  const named = files.flatMap((file) => {
    const groups = NAMED.exec(file.name)?.groups;
    if (!groups) passedOver.add({ file: file.name, line: null }, 'is no picture named by a movie');
    return groups ? [{ file, name: groups.id ?? (groups.imdb as string).toLowerCase() }] : [];
  });
  for (let at = 0; at < named.length; at += BATCH) {
    const batch = named.slice(at, at + BATCH);
    const moviesOf = await moviesByName(batch.map(({ name }) => name));
    for (const { file, name } of batch) {
      const movies = moviesOf.get(name) ?? [];
      if (movies.length === 0) passedOver.add({ file: file.name, line: null }, 'no movie has this id');
      for (const { id } of movies) {
        const other = fileOf.get(id);
        if (other) {
          const text = `is for the movie ${id} as ${other.name} is: remove one of them`;
          faults.add({ file: file.name, line: null }, text);
        }
        fileOf.set(id, file);
      }
      const without = movies.filter(({ poster }) => poster === null).map(({ id }) => id);
      present += movies.length - without.length;
      if (without.length > 0) tasks.push({ file, movies: without });
    }
  }
  return { tasks, present };
}

type Found = Pick<WatchList, 'id' | 'poster' | 'imdb_id'>;

/** The movies by their id as text, and by their IMDb id, which several may have. */
async function moviesByName(names: string[]): Promise<Map<string, Found[]>> {
  const ids = names.filter((name) => !name.startsWith('tt')).map(Number);
  const imdbIds = names.filter((name) => name.startsWith('tt'));
  const attributes = ['id', 'imdb_id', 'poster'];
  const byId = await WatchList.findAll({ attributes, where: { id: ids }, raw: true });
  const byImdbId = await WatchList.findAll({ attributes, where: { imdb_id: imdbIds }, raw: true });
  const byName = new Map<string, Found[]>(byId.map((movie) => [String(movie.id), [movie]]));
  for (const movie of byImdbId) {
    const name = movie.imdb_id as string;
    byName.set(name, [...(byName.get(name) ?? []), movie]);
  }
  return byName;
}

async function contentOf({ path, bytes }: InputFile): Promise<Buffer> {
  if (bytes > PICTURE_BYTES) throw new BadPicture(`A picture has at most ${PICTURE_BYTES} bytes.`);
  return readFile(path);
}

/** Runs work on a file; what is wrong with the picture is noted. */
async function noting<T>(file: InputFile, faults: Notes, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const { syscall } = error as NodeJS.ErrnoException;
    if (!(error instanceof BadPicture) && syscall === undefined) throw error;
    faults.add({ file: file.name, line: null }, (error as Error).message);
    return undefined;
  }
}

/** Works on all items, a few at once. The first error ends it, once the work that runs has ended. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  let isOver = false;
  const worker = async () => {
    for (const item of queue) {
      if (isOver) return;
      await work(item).catch((error: unknown) => {
        isOver = true;
        throw error;
      });
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: availableParallelism() }, worker));
  const failed = workers.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** Gives the movies their posters, some in each transaction, so that requests are not kept waiting. */
async function giveAll(posters: Map<Task, StoredPoster>, onDone: () => void): Promise<number> {
  let added = 0;
  const entries = [...posters];
  for (const [{ movies }, poster] of entries) {
    added += await transaction(
      async () => {
        const where = { id: movies, poster: null };
        const found = await WatchList.findAll({ where, order: ['id'], lock: true });
        for (const movie of found) await givePoster(movie, poster);
        return found.length;
      },
      { repeatable: true },
    );
    onDone();
  }
  return added;
}
