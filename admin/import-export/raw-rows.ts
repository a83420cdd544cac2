import type { FindOptions, Model, ModelStatic } from 'sequelize';

/** Reads rows as plain objects with the database's values. Sequelize's types say that `raw` gives instances, too. */
export async function findRawRows<Row = Record<string, unknown>>(
  model: ModelStatic<Model>,
  options: FindOptions,
): Promise<Row[]> {
  return (await model.findAll({ ...options, raw: true })) as unknown as Row[];
}
