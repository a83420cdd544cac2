import { DataTypes, type FindOptions, type Model, type ModelStatic, QueryTypes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { lockGenres } from '../ratings/locks.js';
import { addGenresFrom, setGenres, stored } from '../ratings/movie-genres.js';
import { Genre, genreFault } from './genre.js';
import { foldCase, validator } from './validation.js';

export const GENRES_MAX = 10;

/** The fault of a movie's genres, or null. */
export function genresFault(names: unknown): string | null {
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string')) return 'Not a list of names.';
  if (distinct(names as string[]).length > GENRES_MAX) {
    return `Ensure this field has no more than ${GENRES_MAX} elements.`;
  }
  for (const name of names as string[]) {
    const fault = genreFault(name);
    if (fault) return fault;
  }
  return null;
}

/** The names without those that differ from an earlier one by case alone. */
export function distinct(names: readonly string[]): string[] {
  return [...new Map(names.toReversed().map((name) => [foldCase(name), name])).values()].toReversed();
}

/** The attribute of a movie that has the names of its genres. They are rows of other tables. */
export const genresAttribute = {
  type: new DataTypes.VIRTUAL(DataTypes.ARRAY(DataTypes.STRING), ['id']),
  validate: { names: validator(genresFault) },
};

/** A movie as this file sees it. */
type WithGenres = Model & { id: number; genres?: string[]; genre_ids: string };

/** The genres that each running save writes, by its options. */
const written = new WeakMap<object, number[]>();
/** The genres of each movie that a running bulk call creates, by its options. */
const bulk = new WeakMap<object, number[][]>();

/**
 * Reads and writes the `genres` of a model with `genresAttribute` and `genre_ids`. Add it behind the hooks that lock what
 * comes before the genres in the lock order.
 */
export function keepGenres(model: ModelStatic<Model>): void {
  model.addHook('afterFind', 'genres', async (found, options) => {
    const { originalAttributes } = options as FindOptions & { originalAttributes?: unknown[] };
    const records = [found].flat().filter(Boolean) as unknown as WithGenres[];
    if (originalAttributes?.includes('genres') && records.length > 0) await readGenres(records);
  });
  model.addHook('beforeSave', 'genres', async (record, options) => {
    const movie = record as WithGenres;
    if (!changesGenres(movie, options.fields)) return;
    await lockGenres();
    const [ids = []] = await genreIdsOf([movie.genres ?? []]);
    movie.genre_ids = stored(ids);
    written.set(options, ids);
    if (options.fields && !options.fields.includes('genre_ids')) options.fields.push('genre_ids');
  });
  model.addHook('afterSave', 'genres', async (record, options) => {
    const ids = written.get(options);
    if (ids) await setGenres((record as WithGenres).id, ids);
  });
  model.addHook('beforeBulkCreate', 'genres', async (records, options) => {
    const movies = records as WithGenres[];
    if (!movies.some(({ genres }) => genres?.length)) return;
    await lockGenres();
    const ids = await genreIdsOf(movies.map(({ genres = [] }) => genres));
    for (const [index, movie] of movies.entries()) movie.genre_ids = stored(ids[index] ?? []);
    bulk.set(options, ids);
  });
  model.addHook('afterBulkCreate', 'genres', async (records, options) => {
    const ids = bulk.get(options);
    const [first] = records as WithGenres[];
    if (ids && first) await addGenresFrom(first.id, ids);
  });
}

/** Whether a save writes a movie's genres. */
export function changesGenres(movie: Model, fields?: readonly PropertyKey[]): boolean {
  return Boolean(movie.changed('genres' as never)) && (fields?.includes('genres') ?? true);
}

/** Sets the `genres` of records that have just been read, or of raw rows. */
async function readGenres(records: WithGenres[]): Promise<void> {
  const rows = await sequelize.query<{ id: number; name: string }>(
    `SELECT link.watchlist_id AS id, genre.name FROM watch_list_genres AS link
    JOIN genres AS genre ON genre.id = link.genre_id WHERE link.watchlist_id IN (?) ORDER BY genre.name_key`,
    { replacements: [records.map(({ id }) => id)], type: QueryTypes.SELECT },
  );
  const names = new Map<number, string[]>(records.map(({ id }) => [id, []]));
  for (const { id, name } of rows) names.get(id)?.push(name);
  for (const record of records) {
    const genres = names.get(record.id) as string[];
    if (typeof record.set === 'function') record.set('genres', genres, { raw: true });
    else record.genres = genres;
  }
}

/**
 * Finds the genres of each of these lists of names, and makes those that do not exist. The genres are locked.
 * @returns their ids, list by list
 */
export async function genreIdsOf(lists: readonly (readonly string[])[]): Promise<number[][]> {
  const names = distinct(lists.flat());
  const known = new Map<string, number>();
  if (names.length > 0) {
    const found = await Genre.findAll({
      attributes: ['id', 'name_key', 'name'],
      where: { name_key: names.map(foldCase) },
    });
    for (const { id, name } of found) known.set(foldCase(name), id);
  }
  for (const name of names) {
    const key = foldCase(name);
    if (!known.has(key)) known.set(key, (await Genre.create({ name })).id);
  }
  return lists.map((list) => distinct(list).map((name) => known.get(foldCase(name)) as number));
}
