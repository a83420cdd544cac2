import type { Model, ModelStatic, WhereOptions } from 'sequelize';

/**
 * Deletes the rows that match a condition, each by its primary key. A single statement would lock the entries of the
 * condition's index before the rows, in the opposite order of a write to one row, and could deadlock with it.
 * @returns the number of rows deleted
 */
export async function destroyOneByOne(model: ModelStatic<Model>, where: WhereOptions): Promise<number> {
  const key = model.primaryKeyAttribute;
  const rows = await model.findAll({ attributes: [key], where });
  // The condition is repeated, since a row may have changed meanwhile.
  let deleted = 0;
  for (const row of rows) deleted += await model.destroy({ where: { ...where, [key]: row.get(key) } });
  return deleted;
}
