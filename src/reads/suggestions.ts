import { errorsFor } from '../search/edits.js';
import type { Meant } from '../search/forgive.js';
import { type Query, relevanceSql, TITLES_JOIN } from '../search/relevance.js';
import { titleText } from '../search/words.js';
import { matching } from './condition.js';
import { readSlice } from './list.js';
import type { Source } from './list-sql.js';
import { POSTER_COLUMNS } from './movies.js';

/** A movie as a suggestion shows it. */
export interface SuggestionRow {
  id: number;
  title: string;
  year: number | null;
  platform: string;
  number_rating: number;
  poster: string | null;
  poster_width: number | null;
  poster_height: number | null;
  poster_color: string | null;
}

/** The source of suggestions. */
export const SUGGESTIONS: Source = {
  table: 'watch_lists',
  columns: `record.id, record.title, record.year, platform.name AS platform, record.number_rating, ${POSTER_COLUMNS}`,
  joins: 'LEFT JOIN stream_platforms AS platform ON platform.id = record.platform_id',
};

/** Titles that are compared with what was typed. */
const COMPARED = 200;

/** Reads the movies with a word for each term in the title, by relevance, on SQLite. */
export function readTitled(query: Query, limit: number): Promise<SuggestionRow[]> {
  return readSlice<SuggestionRow>(SUGGESTIONS, {
    where: matching('watch_list_titles', query.terms, 'titled'),
    joins: TITLES_JOIN,
    order: `${relevanceSql(query)} DESC, record.number_rating DESC, record.id`,
    limit,
    offset: 0,
    findsAll: true,
    slow: true,
  });
}

/** Reads the movies whose titles may have been meant, those with the fewest errors first, on SQLite. */
export async function readMeant(meant: readonly Meant[]): Promise<SuggestionRow[]> {
  const words = meant.map(({ term, tokens }) => [`${term}*`, ...[...tokens.values()].flat()].join(' OR '));
  const rows = await readSlice<SuggestionRow>(SUGGESTIONS, {
    where: {
      sql: `titled.id IN (SELECT rowid FROM watch_list_titles_search WHERE watch_list_titles_search MATCH ?)`,
      values: [words.map((of) => `(${of})`).join(' AND ')],
    },
    joins: TITLES_JOIN,
    order: 'record.number_rating DESC, record.id',
    limit: COMPARED,
    offset: 0,
    findsAll: true,
    slow: true,
  });
  const terms = meant.map(({ term }) => term);
  const errors = new Map(rows.map(({ id, title }) => [id, errorsFor(terms, titleText(title))]));
  return rows.toSorted((a, b) => (errors.get(a.id) as number) - (errors.get(b.id) as number));
}
