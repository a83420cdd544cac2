import { type Model, type ModelStatic, Op, type WhereOptions } from 'sequelize';
import type { Rows } from './formats.js';

/** How a resource's records stand in a file. */
export interface Exported {
  /** What the file is called, where that is not the resource's id. */
  file?: string;
  /** By attribute: the column's name, where it has another one. */
  headers?: Record<string, string>;
  /** By column: the text by which the record that a foreign key means is called; the column comes after the key's. */
  names?: Record<string, { key: string; model: ModelStatic<Model>; attribute: string }>;
}

/** The columns of a file with these attributes. */
export function columnsOf(attributes: string[], { headers = {}, names = {} }: Exported): string[] {
  return attributes.flatMap((attribute) => [
    headers[attribute] ?? attribute,
    ...Object.keys(names).filter((name) => names[name]?.key === attribute),
  ]);
}

/** Records as rows of these columns. */
export async function rowsOf(
  records: Rows,
  attributes: string[],
  { headers = {}, names = {} }: Exported,
): Promise<Rows> {
  const rows: Rows = records.map(() => ({}));
  for (const attribute of attributes) {
    fill(rows, headers[attribute] ?? attribute, (index) => records[index]?.[attribute] ?? null);
    for (const [column, name] of Object.entries(names)) {
      if (name.key !== attribute) continue;
      const keys = records.map((record) => record[attribute]);
      const known = await namesOf(name, keys);
      fill(rows, column, (index) => known.get(keys[index]) ?? null);
    }
  }
  return rows;
}

function fill(rows: Rows, column: string, value: (index: number) => unknown): void {
  for (const [index, row] of rows.entries()) row[column] = value(index);
}

async function namesOf(
  { model, attribute }: { model: ModelStatic<Model>; attribute: string },
  keys: unknown[],
): Promise<Map<unknown, unknown>> {
  const rows = (await model.findAll({
    attributes: ['id', attribute],
    where: { id: { [Op.in]: [...new Set(keys)] } } as WhereOptions,
    raw: true,
  })) as unknown as Record<string, unknown>[];
  return new Map(rows.map((row) => [row.id, row[attribute]]));
}
