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

/** Records whose places in the order are looked up at a time: an order without an index costs one sort for so many. */
const WINDOW = 50_000;
/** Records that are in memory at a time. */
const BATCH = 1_000;
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
export async function* walk<M extends Model>(
  model: ModelStatic<M>,
  selection: Selection,
): AsyncGenerator<M[]> {
  const { attributes } = selection;
  let last: Place | null = null;
  do {
    const { ids, end }: { ids: number[]; end: Place | null } = await windowAfter(model, selection, last);
    for (let from = 0; from < ids.length; from += BATCH) {
      const some = ids.slice(from, from + BATCH);
      const records = await model.findAll({
        attributes: [...new Set(['id', ...attributes])],
        where: { id: { [Op.in]: some } } as WhereOptions,
      });
      const byId = new Map(records.map((record) => [Number(record.get('id')), record]));
      yield some.flatMap((id) => byId.get(id) ?? []);
    }
    last = end;
  } while (last);
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
