import { dialect } from '../database/connection-options.js';
import type { Kind } from '../models/movie-fields.js';
import { findMovies } from '../search/find.js';
import { GENRE_COLUMNS, nameGenres } from './genre-names.js';
import type { Source } from './list-sql.js';
import type { Narrow } from './narrow.js';
import { select } from '../database/sql/statements.js';
import { timeText } from '../database/sql/time.js';
import { questionMarks, batchLoader } from '../database/sql/batch.js';

/** A movie with its platform's name, as stored in the database. */
export interface MovieRow {
  id: number;
  title: string;
  storyline: string;
  platform: string;
  platform_id: number;
  active: number;
  created: string;
  avg_rating: number;
  number_rating: number;
  weighted_rating: number;
  year: number | null;
  kind: Kind;
  /** The names in alphabetical order. */
  genres: string[];
  runtime: number | null;
  imdb_id: string | null;
  poster: string | null;
  poster_width: number | null;
  poster_height: number | null;
  poster_color: string | null;
  /** How well it fits the search that it was found by, where that orders the list; see `RELEVANCES`. */
  relevance?: number;
}

/** A movie as its detail route shows it. */
export interface MovieDetailRow extends MovieRow {
  rating_1: number;
  rating_2: number;
  rating_3: number;
  rating_4: number;
  rating_5: number;
}

/** The columns of a movie's poster, of the table `record`. */
export const POSTER_COLUMNS = 'record.poster, record.poster_width, record.poster_height, record.poster_color';

/** The SELECT of the number of all movies, by the stored counts of the platforms. */
export const ALL_MOVIES = 'SELECT COALESCE(SUM(watchlist_count), 0) FROM stream_platforms';

/** The columns of filters and orders but for the texts. SQLite's rows are found without it. */
const NARROW: Narrow = {
  index: 'watch_lists_narrow',
  columns: new Set([
    'id',
    'platform_id',
    'active',
    'kind',
    'year_asc',
    'year_desc',
    'runtime',
    'created',
    'avg_rating',
    'number_rating',
    'weighted_rating',
    'genre_ids',
  ]),
  total: ALL_MOVIES,
};

/** The source of lists of movies. */
export const MOVIES: Source = {
  table: 'watch_lists',
  columns: `record.id, record.title, record.storyline, platform.name AS platform, record.platform_id, record.active,
    ${timeText('record', 'created')}, record.avg_rating, record.number_rating, record.weighted_rating,
    record.year, record.kind, ${GENRE_COLUMNS}, record.runtime, record.imdb_id,
    ${POSTER_COLUMNS}`,
  joins: 'LEFT JOIN stream_platforms AS platform ON platform.id = record.platform_id',
  find: findMovies,
  complete: nameGenres,
  ...(dialect === 'mysql' && { narrow: NARROW }),
};

const DETAILS = `SELECT ${MOVIES.columns}, record.rating_1, record.rating_2, record.rating_3, record.rating_4,
  record.rating_5 FROM watch_lists AS record ${MOVIES.joins} WHERE record.id IN`;

/** Reads a movie by its id; null where there is none. */
export const readMovie = batchLoader(
  (movie: MovieDetailRow) => movie.id,
  async (ids: number[]) => {
    const rows = await select<MovieDetailRow>(`${DETAILS} ${questionMarks(ids.length)}`, ids);
    await nameGenres(rows);
    return rows;
  },
);
