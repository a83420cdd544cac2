import { dialect } from '../database/connection-options.js';

/** A longer chain of ANDs would be too deep for SQLite. */
const CHAIN = 100;

/**
 * The SQL that a record has a word for each of these terms, by its `search_text`: for records that another condition
 * narrows, as it reads each of them.
 * @param record the table's alias in the statement
 * @param terms at least one
 * @param column another column of tokens
 */
export function likeTerms(
  record: string,
  terms: readonly string[],
  column = 'search_text',
): { sql: string; values: string[] } {
  const text = `${record}.${column}`;
  // The longest first: the rarest decide soonest. A term has letters and digits only, so no wildcards.
  const longestFirst = terms.toSorted((a, b) => b.length - a.length);
  const [one, value] =
    dialect === 'sqlite'
      ? [`instr(' ' || ${text}, ?) > 0`, (term: string) => ` ${term}`]
      : [`CONCAT(' ', ${text}) LIKE ?`, (term: string) => `% ${term}%`];
  const chains = Array.from({ length: Math.ceil(terms.length / CHAIN) }, (_, index) =>
    longestFirst.slice(index * CHAIN, (index + 1) * CHAIN).map(() => one),
  );
  return {
    sql: chains.map((chain) => `(${chain.join(' AND ')})`).join(' AND '),
    values: longestFirst.map(value),
  };
}
