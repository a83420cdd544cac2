import { dialect } from '../database/connection-options.js';
import { readPageInTurn } from '../database/gate.js';
import { isOverTime } from '../database/refusals.js';
import { select, selectSlowly, type Value } from '../database/sql/statements.js';
import { compare, type Condition } from './condition.js';
import {
  asRead,
  by,
  FEW,
  type Finding,
  foundIds,
  narrowStatement,
  rowsOf,
  type Slice,
  sortingStatement,
  type Source,
  statement,
} from './list-sql.js';
import { checkOf, covers, isFoundNarrowly, isSortedNarrowly, type Narrow } from './narrow.js';

/** How long a walk may take before the rows are sorted instead, in milliseconds. */
const WALK_MS = 250;

/** Reads the ids of a slice's rows from its index alone. */
export async function readIds({ table }: Source, { where, order, limit, index }: Slice): Promise<number[]> {
  const sql = `SELECT record.id FROM ${table} AS record ${by(index)} WHERE ${where.sql} ORDER BY ${order} LIMIT ?`;
  const rows = await select<{ id: number }>(sql, [...where.values, limit], { indexOnly: true });
  return rows.map(({ id }) => id);
}

/** Reads the rows of a slice. */
export async function readSlice<Row>(source: Source, asked: Slice): Promise<Row[]> {
  const rows = await readStored<Row>(source, asked);
  await source.complete?.(rows);
  return rows;
}

async function readStored<Row>(source: Source, asked: Slice): Promise<Row[]> {
  const slice = asRead(source, asked);
  if (!slice.sortsFew) return readWalked(source, slice, null);
  const finding = await findingOf(source, slice.where);
  const first = foundIds(source, finding, FEW + 1);
  const found = await readCount({ sql: `SELECT COUNT(*) FROM (${first}) AS found`, values: finding.values });
  if (found <= FEW) return run<Row>(sortingStatement(source, slice, finding), slice);
  return readWalked(source, { ...slice, walks: true }, null);
}

/** How all rows that meet a condition are found: in the narrow index, or as the database chooses. */
async function findingOf(source: Source, where: Condition): Promise<Finding> {
  const { values } = where;
  if (!source.narrow || !(await isFoundNarrowly(source, where))) return { sql: where.sql, values, hint: '' };
  return { sql: checkOf(where), values, hint: by(source.narrow.index) };
}

/** Reads the rows of a slice that may be few, as their number tells. */
async function readFew<Row>(source: Source, slice: Slice, count: number, finding?: Finding): Promise<Row[]> {
  if (slice.offset >= count) return [];
  if (count > FEW) return readWalked(source, { ...slice, walks: true }, count);
  const found = finding ?? (await findingOf(source, slice.where));
  return run<Row>(sortingStatement(source, slice, found), slice);
}

/**
 * Reads the rows of a slice in their order, or sorts them where the walk would be long, or has been.
 * @param count how many rows the list has; null where that is not known
 */
async function readWalked<Row>(source: Source, slice: Slice, count: number | null): Promise<Row[]> {
  const walk = statement(source, slice);
  const narrow = sortingIndex(source, slice);
  if (!narrow) return run<Row>(walk, slice);
  if (!(await isSortedNarrowly(narrow, slice, count))) {
    try {
      return await selectSlowly<Row>(walk.sql, walk.values, WALK_MS);
    } catch (error) {
      if (!isOverTime(error)) throw error;
    }
  }
  return run<Row>(narrowStatement(source, narrow, slice), slice);
}

/** The narrow index, where a page can be sorted from it. */
function sortingIndex({ narrow, link }: Source, slice: Slice): Narrow | null {
  if (!slice.slow || link || slice.joins || slice.findsAll) return null;
  return covers(narrow, `${checkOf(slice.where)} ${slice.order}`) ? narrow : null;
}

function run<Row>({ sql, values, indexOnly }: Condition, { slow }: Slice): Promise<Row[]> {
  return slow
    ? selectSlowly<Row>(sql, values)
    : readPageInTurn(() => select<Row>(sql, values, { indexOnly }));
}

/** A SELECT of the number of rows in a list. */
export type Count = Condition;

/** Reads the number of rows in a list where that is known without counting them. */
export async function readKnownCount({ sql, values }: Count): Promise<number> {
  const counting = `SELECT (${sql}) AS in_all`;
  const [row] = await readPageInTurn(() => select<{ in_all: number }>(counting, values, { indexOnly: true }));
  return Number(row?.in_all ?? 0);
}

/** Counts the rows of a list. */
async function readCount({ sql, values }: Count): Promise<number> {
  const [row] = await selectSlowly<{ in_all: number }>(`SELECT (${sql}) AS in_all`, values);
  return Number(row?.in_all ?? 0);
}

/** Counts the rows of a source that meet a condition. */
export async function countRows(source: Source, where: Condition): Promise<number> {
  return readCount(countOf(source, await findingOf(source, where)));
}

function countOf(source: Source, { sql, values, hint }: Finding): Count {
  return { sql: `SELECT COUNT(*) FROM ${rowsOf(source, hint, sql)} WHERE ${sql}`, values, indexOnly: true };
}

/**
 * Finds the condition that rows come no later than the one at a position in the order of a column that has an index. The
 * page up to there then needs no sort of the whole list by further columns, but of these rows.
 * @param place the position, from 1, and the index that has the column in order
 * @returns null where the list has fewer rows
 */
export async function upTo(
  { table }: Source,
  where: Condition,
  { column, descending }: { column: string; descending: boolean },
  { position, index }: { position: number; index: string | undefined },
): Promise<Condition | null> {
  const isTime = ['created', '`update`'].includes(column);
  const value = isTime && dialect === 'mysql' ? `CAST(record.${column} AS CHAR)` : `record.${column}`;
  const sql = `SELECT ${value} AS value FROM ${table} AS record ${by(index)} WHERE ${where.sql}
    ORDER BY record.${column}${descending ? ' DESC' : ''} LIMIT 1 OFFSET ?`;
  const [row] = await selectSlowly<{ value: Value }>(sql, [...where.values, position - 1]);
  return row ? compare(column, descending ? '>=' : '<=', row.value) : null;
}

/** Some of a list's rows, and the number of rows in the whole list. */
export interface Counted<Row> {
  count: number;
  rows: Row[];
}

/**
 * Reads the rows of a slice and the number of rows in the list, in one statement unless the slice may be of few rows.
 * @param known gives that number without counting all rows; by default they are counted
 */
export async function readSliceAndCount<Row>(
  source: Source,
  asked: Slice,
  known?: Count,
): Promise<Counted<Row>> {
  const counted = await readStoredAndCount<Row>(source, asked, known);
  await source.complete?.(counted.rows);
  return counted;
}

async function readStoredAndCount<Row>(
  source: Source,
  asked: Slice,
  known: Count | undefined,
): Promise<Counted<Row>> {
  const slice = asRead(source, asked);
  const { where, findsAll = false, offset, sortsFew } = slice;
  if (sortsFew && known) {
    const number = await readKnownCount(known);
    return { count: number, rows: await readFew(source, slice, number) };
  }
  if (sortsFew) {
    const finding = await findingOf(source, where);
    const number = await readCount(countOf(source, finding));
    return { count: number, rows: await readFew(source, slice, number, finding) };
  }
  if (known && sortingIndex(source, slice))
    return { count: await readKnownCount(known), rows: await readWalked<Row>(source, slice, null) };
  const hint = findsAll ? (source.hint ?? '') : '';
  const count = known ?? countOf(source, { ...where, hint });
  const rows = await run<Row & { in_all: number }>(statement(source, slice, count), slice);
  if (rows.length === 0 && offset === 0) return { count: 0, rows };
  // A page without rows has no row that bears the count.
  const [first] =
    rows.length > 0
      ? rows
      : await run<{ in_all: number }>({ ...count, sql: `SELECT (${count.sql}) AS in_all` }, slice);
  // MySQL gives a sum as a decimal, which arrives as a string.
  return { count: Number(first?.in_all ?? 0), rows };
}
