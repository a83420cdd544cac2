import { type Model, type ModelStatic, Op } from 'sequelize';
import type { Rows } from './formats.js';
import { findRawRows } from './raw-rows.js';

/** How a resource's records are written to a file. */
export interface ExportOptions {
  /** The file's name without date and extension. The resource's id by default. */
  file?: string;
  /** Attributes that are left out. */
  without?: readonly string[];
  /** By attribute: its column's header, if that is another name. */
  headers?: Record<string, string>;
  /** By column: the title of the record that a foreign key refers to. The column follows that of the key. */
  names?: Record<string, { key: string; model: ModelStatic<Model>; attribute: string }>;
}

/** The columns of a file with these attributes. */
export function columnsOf(attributes: string[], { headers = {}, names = {} }: ExportOptions): string[] {
  return attributes.flatMap((attribute) => [
    headers[attribute] ?? attribute,
    ...Object.keys(names).filter((name) => names[name]?.key === attribute),
  ]);
}

/** Records as rows of these columns. Titles of referenced records take one query a batch. */
export async function rowsOf(
  records: Rows,
  attributes: string[],
  { headers = {}, names = {} }: ExportOptions,
): Promise<Rows> {
  const rows: Rows = records.map(() => ({}));
  for (const attribute of attributes) {
    fill(rows, headers[attribute] ?? attribute, (index) => records[index]?.[attribute] ?? null);
    for (const [column, name] of Object.entries(names)) {
      if (name.key !== attribute) continue;
      const keys = records.map((record) => record[attribute]);
      const titles = await titlesByKey(name, keys);
      fill(rows, column, (index) => titles.get(keys[index]) ?? null);
    }
  }
  return rows;
}

function fill(rows: Rows, column: string, value: (index: number) => unknown): void {
  for (const [index, row] of rows.entries()) row[column] = value(index);
}

async function titlesByKey(
  { model, attribute }: { model: ModelStatic<Model>; attribute: string },
  keys: unknown[],
): Promise<Map<unknown, unknown>> {
  const rows = await findRawRows(model, {
    attributes: ['id', attribute],
    where: { id: { [Op.in]: [...new Set(keys)] } },
  });
  return new Map(rows.map((row) => [row.id, row[attribute]]));
}
