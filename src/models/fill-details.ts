import { QueryTypes } from 'sequelize';
import { auditImport } from '../audit/audit-hooks.js';
import { noteChange } from '../database/changes.js';
import { sequelize } from '../database/database.js';
import { chunks } from '../database/sql/row-locks.js';
import { transaction } from '../database/transactions.js';
import { lockGenres, lockMovies } from '../ratings/locks.js';
import { addGenres, stored as storedGenres } from '../ratings/movie-genres.js';
import { genreIdsOf } from './movie-genres.js';
import { type Kind } from './movie-fields.js';
import { WatchList } from './watch-list.js';

export const DETAILS = ['year', 'kind', 'genres', 'runtime', 'imdb_id'] as const;
export type Detail = (typeof DETAILS)[number];

/** What people choose a movie by. What is not known is absent, null or an empty list. */
export interface MovieDetails {
  year?: number | null;
  kind?: Kind;
  genres?: readonly string[];
  /** In minutes. */
  runtime?: number | null;
  imdb_id?: string | null;
}

/** A stored movie, and what is known of it. */
export interface KnownMovie {
  id: number;
  details: MovieDetails;
}

interface StoredDetails {
  id: number;
  year: number | null;
  kind: Kind;
  runtime: number | null;
  imdb_id: string | null;
  genre_ids: string;
}

/**
 * Finds which details of stored movies are empty and known. A kind `movie` may be the default or a choice: it counts as
 * empty only where all other details are.
 * @returns the movies that have such details, with these alone
 */
export async function emptyDetails(movies: readonly KnownMovie[]): Promise<KnownMovie[]> {
  const byId = new Map(movies.filter(({ details }) => hasDetails(details)).map((movie) => [movie.id, movie]));
  const found: KnownMovie[] = [];
  for (const ids of chunks([...byId.keys()])) {
    const rows = await sequelize.query<StoredDetails>(
      'SELECT id, year, kind, runtime, imdb_id, genre_ids FROM watch_lists WHERE id IN (?) ORDER BY id',
      { replacements: [ids], type: QueryTypes.SELECT },
    );
    for (const row of rows) {
      const details = emptyIn(row, (byId.get(row.id) as KnownMovie).details);
      if (Object.keys(details).length > 0) found.push({ id: row.id, details });
    }
  }
  return found;
}

/** Whether anything is known that could be filled in. */
export function hasDetails({ year, kind, genres, runtime, imdb_id }: MovieDetails): boolean {
  return Boolean(year ?? runtime ?? imdb_id) || kind === 'show' || (genres?.length ?? 0) > 0;
}

function emptyIn(row: StoredDetails, { year, kind, genres, runtime, imdb_id }: MovieDetails): MovieDetails {
  const isBare = row.year === null && row.runtime === null && row.imdb_id === null && row.genre_ids === '';
  return {
    ...(year && row.year === null && { year }),
    ...(kind === 'show' && row.kind === 'movie' && isBare && { kind }),
    ...(genres?.length && row.genre_ids === '' && { genres }),
    ...(runtime && row.runtime === null && { runtime }),
    ...(imdb_id && row.imdb_id === null && { imdb_id }),
  };
}

/**
 * Fills in those details of stored movies that are empty, and never overwrites one. It takes a few statements for all of
 * the movies, and what the models' hooks do for each movie it does for all. Movies that do not exist are passed over.
 * @returns the movies that it changed, with what it has filled in
 * @throws {ValidationError} where a detail is invalid
 */
export async function fillDetails(movies: readonly KnownMovie[]): Promise<KnownMovie[]> {
  const candidates = await emptyDetails(movies);
  if (candidates.length === 0) return [];
  for (const { details } of candidates) await validate(details);
  const fill = async () => {
    if (candidates.some(({ details }) => details.genres)) await lockGenres();
    await lockMovies(
      candidates.map(({ id }) => id),
      { required: [] },
    );
    // Read again under the locks: others may have filled some in.
    const filled = await emptyDetails(candidates);
    if (filled.length === 0) return [];
    await writeDetails(filled);
    noteChange('everything');
    await auditImport(WatchList, filled.length);
    return filled;
  };
  return transaction(fill, { repeatable: true });
}

async function validate(details: MovieDetails): Promise<void> {
  const { genres, ...others } = details;
  const movie = WatchList.build({ ...others, ...(genres && { genres: [...genres] }) } as never);
  await movie.validate({ fields: Object.keys(details) });
}

async function writeDetails(movies: readonly KnownMovie[]): Promise<void> {
  const genreIds = await genreIdsOf(movies.map(({ details }) => details.genres ?? []));
  await addGenres(
    movies.map(({ id }) => id),
    genreIds,
  );
  const columns = {
    year: ({ details }: KnownMovie) => details.year,
    kind: ({ details }: KnownMovie) => details.kind,
    runtime: ({ details }: KnownMovie) => details.runtime,
    imdb_id: ({ details }: KnownMovie) => details.imdb_id,
    genre_ids: ({ details }: KnownMovie, index: number) =>
      details.genres && storedGenres(genreIds[index] ?? []),
  };
  const replacements: unknown[] = [];
  const assignments = Object.entries(columns).flatMap(([column, valueOf]) => {
    const values = movies.flatMap((movie, index) => {
      const value = valueOf(movie, index);
      return value === undefined ? [] : [movie.id, value];
    });
    if (values.length === 0) return [];
    replacements.push(...values);
    return `${column} = CASE id${' WHEN ? THEN ?'.repeat(values.length / 2)} ELSE ${column} END`;
  });
  await sequelize.query(`UPDATE watch_lists SET ${assignments.join(', ')} WHERE id IN (?)`, {
    replacements: [...replacements, movies.map(({ id }) => id)],
    type: QueryTypes.UPDATE,
  });
}
