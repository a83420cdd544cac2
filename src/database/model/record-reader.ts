import { type Attributes, DataTypes, type Model, type ModelStatic } from 'sequelize';
import { isoTime } from '../sql/time.js';

/** A row as `select` gives it. */
export type Row = Record<string, string | number | Date | null>;

/** Builds records from rows of `select`, as the model's own finders would. */
export class RecordReader<M extends Model> {
  /** The column list of the SELECT. */
  readonly columns: string;
  private readonly fields: {
    name: string;
    column: string;
    read: (value: string | number | Date) => unknown;
  }[];

  /** @param table the alias of the model's table in the statement */
  constructor(
    private readonly model: ModelStatic<M>,
    table: string,
  ) {
    this.fields = Object.entries(model.getAttributes()).map(([name, { type }]) => ({
      name,
      column: `${table}_${name}`,
      read: readerOf(type),
    }));
    this.columns = this.fields.map(({ name, column }) => `${table}.${name} AS ${column}`).join(', ');
  }

  /** Builds the record of a row. */
  record(row: Row): M {
    const values: Record<string, unknown> = {};
    for (const { name, column, read } of this.fields) {
      const value = row[column] ?? null;
      values[name] = value === null ? null : read(value);
    }
    return this.model.build(values as Attributes<M>, { isNewRecord: false, raw: true });
  }
}

function readerOf(type: unknown): (value: string | number | Date) => unknown {
  if (type instanceof DataTypes.DATE)
    return (value) => (value instanceof Date ? value : new Date(isoTime(String(value))));
  if (type instanceof DataTypes.BOOLEAN) return (value) => value === 1;
  return (value) => value;
}
