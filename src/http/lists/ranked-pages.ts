import { EVERY } from '../../reads/condition.js';
import { readCount, readSlice, rowsOf, type Source } from '../../reads/list.js';
import { IdSet } from '../../search/id-set.js';
import { DEEP_OFFSET } from './list-slice.js';
import { reversed } from './ordering.js';
import { among, type PageWindow, sliceOfFound } from './search-slice.js';

/*
 * Pages by relevance, from the sets of what was found with each relevance. Within one of them an index has the rows in
 * order, so a page costs the same however many are found.
 */

/** Found rows by relevance, from 0 on. */
type Ranks = readonly IdSet[];

/** Counts the found rows that meet the conditions of a list. */
export async function countRanked<Row>(
  source: Source,
  ranks: Ranks,
  { where }: PageWindow<Row>,
): Promise<number> {
  const found = IdSet.union(ranks);
  return where.sql === EVERY.sql ? found.size : countIn(source, found, where);
}

async function countIn(source: Source, set: IdSet, where: PageWindow<never>['where']): Promise<number> {
  if (set.size === 0) return 0;
  const { sql, values } = among(set, [where]);
  return readCount({ sql: `SELECT COUNT(*) FROM ${rowsOf(source)} WHERE ${sql}`, values });
}

/** Reads the rows of a page, each with its `relevance`. The order begins with the relevance. */
export async function readRanked<Row>(source: Source, ranks: Ranks, window: PageWindow<Row>): Promise<Row[]> {
  const { where, terms, limit, keys } = window;
  const [first, ...within] = terms;
  const isWhole = where.sql === EVERY.sql;
  const ascending = [...ranks.entries()].filter(([, set]) => set.size > 0);
  const inOrder = first?.descending ? ascending.toReversed() : ascending;
  const from = keys && Number(keys[0]);
  const rows: Row[] = [];
  let { offset } = window;
  for (const [relevance, set] of inOrder) {
    if (from !== undefined && (first?.descending ? relevance > from : relevance < from)) continue;
    if (offset > 0) {
      const size = isWhole ? set.size : await countIn(source, set, where);
      if (offset >= size) {
        offset -= size;
        continue;
      }
    }
    const part = {
      where,
      terms: within,
      limit: limit - rows.length,
      offset,
      keys: relevance === from ? keys?.slice(1) : undefined,
    };
    const read = await readPart<Row>(source, set, part, isWhole);
    rows.push(...read.map((row) => ({ ...row, relevance })));
    if (rows.length >= limit) break;
    offset = 0;
  }
  return rows;
}

/** Reads rows of one relevance, in the opposite order where they are nearer to its end. */
async function readPart<Row>(
  source: Source,
  set: IdSet,
  window: PageWindow<Row>,
  isWhole: boolean,
): Promise<Row[]> {
  const limit = Math.min(window.limit, set.size - window.offset);
  const fromEnd = set.size - window.offset - limit;
  const isNearer = isWhole && window.offset > DEEP_OFFSET && fromEnd < window.offset;
  const { slice } = sliceOfFound(
    set,
    isNearer ? { ...window, limit, offset: fromEnd, terms: reversed(window.terms) } : window,
  );
  const rows = slice ? await readSlice<Row>(source, slice) : [];
  return isNearer ? rows.toReversed() : rows;
}
