import type { Model, ModelStatic, WhereOptions } from 'sequelize';

/**
 * Deletes the rows that a condition means, each by its primary key. In one statement InnoDB would lock them by the
 * condition's index first and the row itself next, the other way round than who deletes or changes one of them.
 * @returns how many it deleted
 */
export async function destroyOneByOne(model: ModelStatic<Model>, where: WhereOptions): Promise<number> {
  const key = model.primaryKeyAttribute;
  const rows = await model.findAll({ attributes: [key], where });
  // The condition again, since a row may have changed meanwhile.
  let deleted = 0;
  for (const row of rows) deleted += await model.destroy({ where: { ...where, [key]: row.get(key) } });
  return deleted;
}
