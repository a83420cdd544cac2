import { currentTransaction } from '../database/transaction-context.js';
import { transaction } from '../database/transactions.js';
import { selectIds } from '../database/sql/row-locks.js';
import { lockMovies, lockPlatforms } from '../ratings/locks.js';
import { emptyDetails, fillDetails, hasDetails, type KnownMovie } from '../models/fill-details.js';
import { StreamPlatform } from '../models/stream-platform.js';
import { WatchList } from '../models/watch-list.js';
import type { NewMovie } from './catalogue.js';
import { chunks, movieIndexesByPlatform } from './existing-records.js';
import { matchMovies, newestMovies } from './platform-movies.js';
import type { Steps } from './progress.js';
import { countFilled, type Filled, type MovieTally, nothingFilled } from './tally.js';
import { Turns } from './turns.js';

/** Movies in one transaction. */
const BATCH = 500;

/** Movies in one statement of an import in one transaction, as the panel runs it: the event loop turns between two. */
const BATCH_AT_ONCE = 100;

/** A platform of an import. */
interface Shelf {
  platformId: number;
  /** The indexes of its movies in the import. */
  indexes: number[];
  /** The id of its newest movie when it was last read. */
  newestId: number;
}

/**
 * Adds the movies that do not exist, in their order, and fills in what is empty of those that do. Each batch first locks all
 * of its platforms.
 * @param options.reviewed whether reviews of the movies follow in the same transaction
 * @returns also the movies' ids, in their order
 */
export async function writeMovies(
  movies: NewMovie[],
  progress: Steps,
  { reviewed }: { reviewed: boolean },
): Promise<MovieTally & { movieIds: Float64Array }> {
  progress.begin('movies', movies.length);
  const writer = new MovieWriter(movies, await shelvesOf(movies));
  await writer.match();
  if (currentTransaction()) await writer.lockStored({ reviewed });
  const added = await writer.add((steps) => progress.advance(steps));
  const filled = await writer.fill((steps) => progress.advance(steps));
  return { added, present: movies.length - added, filled, movieIds: writer.ids };
}

async function shelvesOf(movies: NewMovie[]): Promise<Shelf[]> {
  const shelves: Shelf[] = [];
  for (const [name, indexes] of await movieIndexesByPlatform(movies)) {
    const platform = await StreamPlatform.byName(name);
    if (!platform) throw new Error(`The platform ${name} was deleted meanwhile`);
    shelves.push({ platformId: platform.id, indexes, newestId: 0 });
  }
  return shelves;
}

class MovieWriter {
  /** The id of each movie; 0 where it does not exist. */
  readonly ids: Float64Array;
  /** Whether this import has added the movie. */
  readonly #isAdded: Uint8Array;
  readonly #shelfOf: Shelf[] = [];

  constructor(
    private readonly movies: NewMovie[],
    private readonly shelves: Shelf[],
  ) {
    this.ids = new Float64Array(movies.length);
    this.#isAdded = new Uint8Array(movies.length);
    for (const shelf of shelves) for (const index of shelf.indexes) this.#shelfOf[index] = shelf;
  }

  /** Finds the movies that exist. */
  async match(shelves = this.shelves): Promise<void> {
    for (const shelf of shelves) {
      const imported = shelf.indexes.map((index) => this.#movie(index));
      const { ids, newestId } = await matchMovies(shelf.platformId, imported);
      shelf.newestId = newestId;
      for (const [position, index] of shelf.indexes.entries()) this.ids[index] = ids[position] ?? 0;
    }
  }

  /** Locks the existing movies that one transaction will write, in lock order, before it writes the first. */
  async lockStored({ reviewed }: { reviewed: boolean }): Promise<void> {
    const stored = this.#indexes((index) => this.ids[index] !== 0);
    const written = reviewed
      ? stored.map((index) => this.ids[index] as number)
      : (await emptyDetails(this.#known(stored))).map(({ id }) => id);
    await lockMovies(written, { required: [] });
  }

  /**
   * Adds the movies that do not exist.
   * @param onDone called with the number of movies added since the last call
   * @returns how many were added
   */
  async add(onDone: (steps: number) => void): Promise<number> {
    const size = currentTransaction() ? BATCH_AT_ONCE : BATCH;
    let added = 0;
    let absent = this.#absent();
    for (let at = 0; at < absent.length;) {
      const batch = absent.slice(at, at + size);
      const changed = await this.#addUnlessChanged(batch);
      if (changed.length === 0) {
        for (const index of batch) this.#isAdded[index] = 1;
        added += batch.length;
        at += batch.length;
        onDone(batch.length);
      } else {
        await this.match(changed);
        absent = this.#absent();
        at = 0;
      }
    }
    return added;
  }

  /** Fills in what is empty of the movies that existed before. */
  async fill(onDone: (steps: number) => void): Promise<Filled> {
    const filled = nothingFilled();
    const size = currentTransaction() ? BATCH_AT_ONCE : BATCH;
    const turns = new Turns();
    const present = this.#indexes((index) => this.#isAdded[index] === 0);
    for (const batch of chunks(present, size)) {
      countFilled(filled, await fillDetails(this.#known(batch)));
      onDone(batch.length);
      await turns.give();
    }
    return filled;
  }

  /**
   * Adds movies, unless another process has added some to their platforms since those were read: they may be the same.
   * @returns the platforms that have changed; then nothing is added
   */
  async #addUnlessChanged(indexes: number[]): Promise<Shelf[]> {
    const shelves = [...new Set(indexes.map((index) => this.#shelf(index)))];
    const platformIds = shelves.map(({ platformId }) => platformId);
    const addAll = async () => {
      await lockPlatforms(platformIds);
      const newest = await newestMovies(platformIds);
      const changed = shelves.filter(({ platformId, newestId }) => (newest.get(platformId) ?? 0) > newestId);
      if (changed.length > 0) return { changed, ids: [] };
      const [first] = await WatchList.bulkCreate(indexes.map((index) => this.#row(index)));
      // The platforms are locked: no other transaction has added movies to them since the first.
      const ids = await selectIds(
        'SELECT id FROM watch_lists WHERE id >= ? AND platform_id IN (?) ORDER BY id',
        [first?.id, platformIds],
      );
      if (ids.length !== indexes.length) throw new Error('The database gave the new movies no ids in order');
      return { changed, ids };
    };
    const { changed, ids } = await transaction(addAll, { repeatable: true });
    for (const [position, id] of ids.entries()) {
      const index = indexes[position] as number;
      this.ids[index] = id;
      this.#shelf(index).newestId = id;
    }
    return changed;
  }

  #row(index: number) {
    const { title, storyline, active, created, year, kind, genres, runtime, imdb_id } = this.#movie(index);
    return {
      title,
      storyline,
      active,
      platform_id: this.#shelf(index).platformId,
      year,
      kind,
      runtime,
      imdb_id,
      ...(genres?.length && { genres: [...genres] }),
      ...(created && { created }),
    };
  }

  #known(indexes: number[]): KnownMovie[] {
    return indexes
      .map((index) => ({ id: this.ids[index] as number, details: this.#movie(index) }))
      .filter(({ details }) => hasDetails(details));
  }

  #absent(): number[] {
    return this.#indexes((index) => this.ids[index] === 0);
  }

  #indexes(isWanted: (index: number) => boolean): number[] {
    return [...this.movies.keys()].filter(isWanted);
  }

  #movie(index: number): NewMovie {
    return this.movies[index] as NewMovie;
  }

  #shelf(index: number): Shelf {
    return this.#shelfOf[index] as Shelf;
  }
}
