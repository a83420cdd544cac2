import { log } from '../log.js';
import { currentTransaction } from '../database/transaction-context.js';
import { transaction } from '../database/transactions.js';
import { WatchList } from '../models/watch-list.js';
import { fileNames } from './file-names.js';
import { type MediaStore, StoreError } from './media-store.js';
import { makePoster, type Poster, type PosterFacts } from './picture.js';
import { mediaStore } from './store.js';

/**
 * The store of pictures.
 * @throws {StoreError} where none is configured
 */
export function requireStore(): MediaStore {
  if (!mediaStore) throw new StoreError('MEDIA_URL is not set');
  return mediaStore;
}

/** A poster whose files are in the store. */
export interface StoredPoster extends PosterFacts {
  /** Stores the files once more. */
  restore: () => Promise<unknown>;
}

/**
 * Makes a poster and stores its files. Call it outside of transactions, and give the poster to its movies within a day: the
 * sweep removes older files that no movie has.
 * @param picture a JPEG, PNG, WebP or AVIF file
 * @throws {BadPicture}, {StoreError}; {ConnectionError} where too many pictures wait
 */
export async function storePoster(picture: Buffer): Promise<StoredPoster> {
  requireStore();
  const { small, large, ...facts } = await makePoster(picture);
  const restore = () => putFiles({ ...facts, small, large });
  await restore();
  return { ...facts, restore };
}

async function putFiles({ hash, small, large }: Poster): Promise<void> {
  const store = requireStore();
  const names = fileNames(hash);
  await Promise.all([store.put(names.small, small), store.put(names.large, large)]);
}

/**
 * Gives a movie a stored poster.
 * @param movie a record that the open transaction has loaded; without one, any
 */
export async function givePoster(movie: WatchList, poster: StoredPoster): Promise<void> {
  const { hash, width, height, color } = poster;
  await transaction(async () => {
    await movie.update({ poster: hash, poster_width: width, poster_height: height, poster_color: color });
    currentTransaction()?.afterCommit(() => restoreSwept(poster));
  });
}

/** Takes a movie's poster off. The sweep removes its files. */
export async function removePoster(movie: WatchList): Promise<void> {
  await movie.update({ poster: null, poster_width: null, poster_height: null, poster_color: null });
}

/** Stores the files again that a sweep may have removed before it could see that a movie has them: see sweep.ts. */
async function restoreSwept({ hash, restore }: StoredPoster): Promise<void> {
  try {
    const store = requireStore();
    const { small, large } = fileNames(hash);
    if (!(await store.has(small)) || !(await store.has(large))) await restore();
  } catch (error) {
    log.warn({ err: error }, 'the files of a new poster could not be looked for');
  }
}
