import { dialect } from '../database/connection-options.js';
import { likeTerms } from './term-sql.js';
import { hasTerms, searchTerms, titleText } from './words.js';

/*
 * How well a movie's title fits a search. All texts are compared by the tokens of their words, so case, accents and
 * punctuation do not matter.
 */

/** From the least relevant on; the number that a row is ordered by is the position here. */
export const RELEVANCES = ['found elsewhere', 'words in the title', 'title begins', 'whole title'] as const;
const [ELSEWHERE, WORDS, BEGINS, WHOLE] = [0, 1, 2, 3];

/** What somebody searches for. */
export interface Query {
  /** The terms that must all be found; see `searchTerms`. */
  terms: readonly string[];
  /** The query as a title would be stored; see `titleText`. */
  phrase: string;
}

/** Reads a query. */
export function parseQuery(text: string): Query {
  return { terms: searchTerms(text), phrase: titleText(text) };
}

/**
 * The relevance of a found movie: 3 where its title is the query, 2 where it begins with the query's words, the last of
 * which may be a beginning, 1 where it has a word for each term, else 0.
 * @param text the tokens of the movie's title; see `titleText`
 */
export function relevanceOf(text: string, { terms, phrase }: Query): number {
  if (text === phrase) return WHOLE;
  if (text.startsWith(phrase)) return BEGINS;
  return hasTerms(text, terms) ? WORDS : ELSEWHERE;
}

/** Ids of movies by their relevance. */
export type RankedIds = ReadonlyMap<number, readonly number[]>;

/** Groups movies by the relevance of their titles. */
export function groupByRelevance(movies: readonly { id: number; title: string }[], query: Query): RankedIds {
  const groups = new Map<number, number[]>();
  for (const { id, title } of movies) {
    const relevance = relevanceOf(titleText(title), query);
    const group = groups.get(relevance);
    if (group) group.push(id);
    else groups.set(relevance, [id]);
  }
  return groups;
}

/** The join that `relevanceSql` needs, in statements whose rows are movies with the alias `record`. */
export const TITLES_JOIN =
  dialect === 'sqlite'
    ? 'LEFT JOIN watch_list_titles AS titled ON titled.id = record.id'
    : 'LEFT JOIN watch_list_indexed AS titled ON titled.movie_id = record.id';
const TITLE_TEXT = dialect === 'sqlite' ? 'search_text' : 'title_text';

/**
 * The SQL of `relevanceOf`, without placeholders, since an ORDER BY repeats it.
 * @param known movies whose stored tokens may be outdated
 */
export function relevanceSql({ terms, phrase }: Query, known: RankedIds = new Map()): string {
  const text = `titled.${TITLE_TEXT}`;
  const begins =
    dialect === 'sqlite'
      ? `substr(${text}, 1, ${phrase.length}) = ${literal(phrase)}`
      : `${text} LIKE ${literal(`${phrase}%`)}`;
  const { sql, values } = likeTerms('titled', terms, TITLE_TEXT);
  const literals = values.map(literal);
  const words = sql.replace(/\?/g, () => literals.shift() as string);
  const exceptions = [...known].map(
    ([relevance, ids]) => `WHEN record.id IN (${ids.join(', ')}) THEN ${relevance}`,
  );
  return `CASE ${exceptions.join(' ')} WHEN ${text} = ${literal(phrase)} THEN ${WHOLE} WHEN ${begins} THEN ${BEGINS}
    WHEN ${words} THEN ${WORDS} ELSE ${ELSEWHERE} END`;
}

/** Tokens as an SQL literal. They have nothing that an SQL text escapes. */
function literal(tokens: string): string {
  if (!/^[a-z0-9 %]*$/.test(tokens)) throw new Error('not tokens');
  return `'${tokens}'`;
}
