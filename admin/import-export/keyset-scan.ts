import { col, DataTypes, fn, type Model, type ModelStatic, Op, where, type WhereOptions } from 'sequelize';
import { readForStaff } from '../../src/database/gate.js';
import type { Rows } from './formats.js';
import { findRawRows } from './raw-rows.js';

/** Ids that one query reads ahead. An order without an index costs one sort for each such window. */
const WINDOW = 20_000;
/** Records in memory at a time. */
const BATCH = 500;
/** How long each window may wait for its turn, in milliseconds. Nobody waits for the next row of a download. */
const TURN_MS = 30_000;
/** MariaDB sorts long texts by their first 1,024 bytes. */
const SORTED_CHARACTERS = 250;

/** Which records of a model to read, which attributes of them, and in which order. */
export interface Selection {
  attributes: string[];
  where: WhereOptions;
  /** The attribute to sort by. Ties are sorted by id. */
  column: string;
  way: 'ASC' | 'DESC';
}

/** A record's position in the order. */
interface Position {
  id: number;
  /** The value that the record is sorted by; absent if that is the id. */
  sorted?: unknown;
}

/**
 * Reads any number of records in constant memory by keyset pagination. It holds no connection between two batches, so the
 * caller may consume them slowly, or stop. Each record has the values of the moment when its batch is read.
 * @returns the records in their order, in batches
 */
export async function* scanByKeyset(model: ModelStatic<Model>, selection: Selection): AsyncGenerator<Rows> {
  const attributes = [...new Set(['id', ...selection.attributes])];
  let last: Position | null = null;
  do {
    const { ids, end }: { ids: number[]; end: Position | null } = await windowAfter(model, selection, last);
    for (let from = 0; from < ids.length; from += BATCH) {
      const batch = ids.slice(from, from + BATCH);
      const rows = await readRows(model, attributes, batch);
      const byId = new Map(rows.map((row) => [Number(row.id), row] as const));
      yield batch.map((id) => byId.get(id)).filter((row) => row !== undefined);
    }
    last = end;
  } while (last);
}

/** Reads records' values. It builds instances only for a model's getters: they cost several times as much as raw rows. */
async function readRows(model: ModelStatic<Model>, attributes: string[], ids: number[]): Promise<Rows> {
  const where = { id: { [Op.in]: ids } } as WhereOptions;
  const definitions = model.getAttributes();
  if (attributes.some((attribute) => typeof definitions[attribute]?.get === 'function')) {
    const records = await model.findAll({ attributes, where });
    return records.map((record) => record.get() as Rows[number]);
  }
  const rows = await findRawRows(model, { attributes, where });
  for (const attribute of attributes) {
    const convert = converterOf(definitions[attribute]?.type);
    if (convert)
      for (const row of rows) row[attribute] = row[attribute] === null ? null : convert(row[attribute]);
  }
  return rows;
}

/** Converts a stored value to the model's, for types that the database stores as another one. */
function converterOf(type: unknown): ((value: unknown) => unknown) | null {
  if (type instanceof DataTypes.BOOLEAN) return Boolean;
  return type instanceof DataTypes.DATE ? toDate : null;
}

function toDate(value: unknown): Date {
  if (value instanceof Date) return value;
  const text = String(value);
  return new Date(/[+Z]/.test(text) ? text : `${text}+00:00`);
}

/** The ids after a position, and the position of the last of them, or null at the end. */
async function windowAfter(
  model: ModelStatic<Model>,
  { where: selected, column, way }: Selection,
  last: Position | null,
): Promise<{ ids: number[]; end: Position | null }> {
  const expression = column === 'id' ? null : sortExpression(model, column);
  const read = () =>
    findRawRows<Position>(model, {
      attributes: expression ? ['id', [expression, 'sorted']] : ['id'],
      where: last ? { [Op.and]: [selected, isAfter(model, { column, way }, last)] } : selected,
      order: expression
        ? [
            [expression, way],
            ['id', way],
          ]
        : [['id', way]],
      limit: WINDOW,
    });
  const rows = await readForStaff(read, TURN_MS);
  return { ids: rows.map(({ id }) => id), end: rows.length < WINDOW ? null : (rows.at(-1) ?? null) };
}

function sortExpression(model: ModelStatic<Model>, column: string) {
  const { field = column, type } = model.getAttributes()[column] ?? {};
  const stored = col(`${model.name}.${field}`);
  return type instanceof DataTypes.TEXT ? fn('SUBSTR', stored, 1, SORTED_CHARACTERS) : stored;
}

/** The condition that a record comes after a position. NULL sorts before everything else on both databases. */
function isAfter(
  model: ModelStatic<Model>,
  { column, way }: Pick<Selection, 'column' | 'way'>,
  { id, sorted: value }: Position,
): WhereOptions {
  const after = way === 'ASC' ? Op.gt : Op.lt;
  const laterId = { id: { [after]: id } };
  if (column === 'id') return laterId;
  const expression = sortExpression(model, column);
  if (value === null) {
    const tied = { [Op.and]: [where(expression, Op.is, null), laterId] };
    return way === 'ASC' ? { [Op.or]: [where(expression, Op.not, null), tied] } : tied;
  }
  const tied = { [Op.and]: [where(expression, Op.eq, value), laterId] };
  const following = { [Op.or]: [where(expression, after, value), tied] };
  const nullable = model.getAttributes()[column]?.allowNull !== false;
  if (nullable) return way === 'ASC' ? following : { [Op.or]: [following, where(expression, Op.is, null)] };
  // The databases enter the index at the position only if the condition is no OR: add its lower bound.
  return { [Op.and]: [where(expression, way === 'ASC' ? Op.gte : Op.lte, value), following] };
}
