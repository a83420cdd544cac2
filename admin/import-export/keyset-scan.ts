import {
  col,
  DataTypes,
  fn,
  type Model,
  type ModelStatic,
  Op,
  type Order,
  where,
  type WhereOptions,
} from 'sequelize';
import type { Rows } from './formats.js';

/** Records whose places in the order are looked up at a time: an order without an index costs one sort for so many. */
const WINDOW = 20_000;
/** Records that are in memory at a time. */
const BATCH = 500;
/** MariaDB sorts long texts by their first 1,024 bytes. */
const SORTED_CHARACTERS = 250;

/** Which records of a model, what of them, and in which order. */
export interface Selection {
  attributes: string[];
  where: WhereOptions;
  /** The attribute to order by, and after it by id. */
  column: string;
  way: 'ASC' | 'DESC';
}

/** A record's place in the order. */
interface Place {
  id: number;
  place?: unknown;
}

/**
 * Goes through any number of records in constant memory. No connection is held between two batches, so it may go as
 * slowly as its reader does, and stops where that stops. Each record is given as it is when its turn comes.
 * @returns the records in their order, some at a time
 */
export async function* walk(model: ModelStatic<Model>, selection: Selection): AsyncGenerator<Rows> {
  const attributes = [...new Set(['id', ...selection.attributes])];
  let last: Place | null = null;
  do {
    const { ids, end }: { ids: number[]; end: Place | null } = await windowAfter(model, selection, last);
    for (let from = 0; from < ids.length; from += BATCH) {
      const some = ids.slice(from, from + BATCH);
      const rows = await read(model, attributes, some);
      const byId = new Map(rows.map((row) => [Number(row.id), row] as const));
      yield some.map((id) => byId.get(id)).filter((row) => row !== undefined);
    }
    last = end;
  } while (last);
}

/** Reads records' values. A model's instances cost several times as much: they are made for its getters alone. */
async function read(model: ModelStatic<Model>, attributes: string[], ids: number[]): Promise<Rows> {
  const where = { id: { [Op.in]: ids } } as WhereOptions;
  const definitions = model.getAttributes();
  if (attributes.some((attribute) => typeof definitions[attribute]?.get === 'function')) {
    const records = await model.findAll({ attributes, where });
    return records.map((record) => record.get() as Rows[number]);
  }
  const rows = (await model.findAll({ attributes, where, raw: true })) as unknown as Rows;
  for (const attribute of attributes) {
    const convert = converterOf(definitions[attribute]?.type);
    if (convert)
      for (const row of rows) row[attribute] = row[attribute] === null ? null : convert(row[attribute]);
  }
  return rows;
}

/** What makes a stored value what a model would give, where the database keeps it as something else. */
function converterOf(type: unknown): ((value: unknown) => unknown) | null {
  if (type instanceof DataTypes.BOOLEAN) return Boolean;
  return type instanceof DataTypes.DATE ? asDate : null;
}

function asDate(value: unknown): Date {
  if (value instanceof Date) return value;
  const text = String(value);
  return new Date(/[+Z]/.test(text) ? text : `${text}+00:00`);
}

/** The ids of the records that come next, and the place to go on from, null at the end. */
async function windowAfter(
  model: ModelStatic<Model>,
  { where: selected, column, way }: Selection,
  last: Place | null,
): Promise<{ ids: number[]; end: Place | null }> {
  const order = column === 'id' ? null : sortExpression(model, column);
  const rows = (await model.findAll({
    attributes: order ? ['id', [order, 'place']] : ['id'],
    where: last ? { [Op.and]: [selected, following(model, { column, way }, last)] } : selected,
    order: [...(order ? [[order, way]] : []), ['id', way]] as Order,
    limit: WINDOW,
    raw: true,
  })) as unknown as Place[];
  return { ids: rows.map(({ id }) => id), end: rows.length < WINDOW ? null : (rows.at(-1) ?? null) };
}

function sortExpression(model: ModelStatic<Model>, column: string) {
  const { field = column, type } = model.getAttributes()[column] ?? {};
  const stored = col(`${model.name}.${field}`);
  return type instanceof DataTypes.TEXT ? fn('SUBSTR', stored, 1, SORTED_CHARACTERS) : stored;
}

/** The condition of coming later in the order. NULL comes before everything else, as on both databases. */
function following(
  model: ModelStatic<Model>,
  { column, way }: Pick<Selection, 'column' | 'way'>,
  { id, place }: Place,
): WhereOptions {
  const beyond = way === 'ASC' ? Op.gt : Op.lt;
  if (column === 'id') return { id: { [beyond]: id } };
  const sorted = sortExpression(model, column);
  const is = (operator: symbol, value: unknown) => where(sorted, operator as typeof Op.eq, value as never);
  const later = { id: { [beyond]: id } };
  if (place === null) {
    const tied = { [Op.and]: [is(Op.is, null), later] };
    return way === 'ASC' ? { [Op.or]: [is(Op.not, null), tied] } : tied;
  }
  const rest = { [Op.or]: [is(beyond, place), { [Op.and]: [is(Op.eq, place), later] }] };
  const nullable = model.getAttributes()[column]?.allowNull !== false;
  if (nullable) return way === 'ASC' ? rest : { [Op.or]: [rest, is(Op.is, null)] };
  // The databases start in the index only where the condition is no choice of two.
  return { [Op.and]: [is(way === 'ASC' ? Op.gte : Op.lte, place), rest] };
}
