import { EVERY, oneOf } from '../../reads/condition.js';
import { countRows, readIds, readSlice } from '../../reads/list.js';
import type { Slice, Source } from '../../reads/list-sql.js';
import { isFew } from '../../search/find.js';
import { IdSet } from '../../search/id-set.js';
import { DEEP_OFFSET } from './list-slice.js';
import { after, reversed, toOrder } from './ordering.js';
import { among, type PageWindow, sliceOfFound } from './search-slice.js';

/*
 * Pages by relevance, from the sets of what was found with each relevance. Within one of them an index has the rows in
 * order, so a page costs the same however many are found.
 */

/** Found rows by relevance, from 0 on. */
type Ranks = readonly IdSet[];

/** The index in the order of `number_rating`, and of those with equally many by id. */
const POPULARITY = 'watch_lists_popularity';
/** The highest id from which on a set as a value costs more than a walk. */
const WALKED_FROM = 65_536;
/** How many times as many ids are read as would do if the found ones lay evenly. */
const WALK_SLACK = 1.5;
/** The most ids that are read. */
const WALK_MAX = 5_000;

/** Counts the found rows that meet the conditions of a list. */
export async function countRanked<Row>(
  source: Source,
  ranks: Ranks,
  { where }: PageWindow<Row>,
): Promise<number> {
  // No row has two relevances.
  if (where.sql === EVERY.sql) return ranks.reduce((sum, { size }) => sum + size, 0);
  return countIn(source, IdSet.union(ranks), where);
}

async function countIn(source: Source, set: IdSet, where: PageWindow<never>['where']): Promise<number> {
  return set.size === 0 ? 0 : countRows(source, among(set, [where]));
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
  const walked = isWhole && !isNearer ? await walk(source, set, window) : null;
  if (walked) return readSlice<Row>(source, walked);
  const { slice } = sliceOfFound(
    set,
    isNearer ? { ...window, limit, offset: fromEnd, terms: reversed(window.terms) } : window,
  );
  const rows = slice ? await readSlice<Row>(source, slice) : [];
  return isNearer ? rows.toReversed() : rows;
}

/**
 * Finds a page by reading ids in the order of popularity until enough of them are in a set. The set stays here: as a value of
 * a statement it has a bit for each movie.
 * @returns null where the order is another one, or the page lies further than some ids
 */
async function walk<Row>(source: Source, set: IdSet, window: PageWindow<Row>): Promise<Slice | null> {
  const { terms, keys, limit, offset } = window;
  const most = set.highest;
  if (most < WALKED_FROM || isFew(set) || !isByPopularity(terms)) return null;
  const wanted = Math.min(limit, set.size - offset);
  const length = Math.ceil((WALK_SLACK * (offset + wanted) * most) / set.size);
  if (length > WALK_MAX) return null;
  const where = keys ? after(terms, keys) : EVERY;
  const read = await readIds(source, {
    where,
    order: toOrder(terms),
    limit: length,
    offset: 0,
    index: POPULARITY,
  });
  const ids = set.among(read).slice(offset, offset + wanted);
  // Where the ids end, there are no more. A page that is not full is read by the set.
  if (ids.length === 0 || (ids.length < wanted && read.length === length)) return null;
  return { where: oneOf(ids), order: toOrder(terms), limit, offset: 0 };
}

function isByPopularity<Row>(terms: PageWindow<Row>['terms']): boolean {
  const [first, second, ...others] = terms;
  return (
    first?.column === 'number_rating' &&
    second?.column === 'id' &&
    first.descending !== second.descending &&
    others.length === 0
  );
}
