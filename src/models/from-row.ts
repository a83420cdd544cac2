import { type Attributes, DataTypes, type Model, type ModelStatic } from 'sequelize';
import { isoTime } from '../sql/time.js';

type Row = Record<string, string | number | null>;

/** The columns of a model, in SQL, as `recordOf` takes them. */
export function columnsOf(model: ModelStatic<Model>, table: string): string {
  return Object.keys(model.getAttributes())
    .map((name) => `${table}.${name} AS ${table}_${name}`)
    .join(', ');
}

/** The record that a model would have made of such a row. */
export function recordOf<M extends Model>(model: ModelStatic<M>, table: string, row: Row): M {
  const values: Record<string, unknown> = {};
  for (const [name, { type }] of Object.entries(model.getAttributes())) {
    const value = row[`${table}_${name}`] ?? null;
    if (value === null) values[name] = null;
    else if (type instanceof DataTypes.DATE) values[name] = new Date(isoTime(String(value)));
    else values[name] = type instanceof DataTypes.BOOLEAN ? value === 1 : value;
  }
  return model.build(values as Attributes<M>, { isNewRecord: false, raw: true });
}
