import { Op, type WhereOptions } from 'sequelize';

/** The condition of a `__gte` and a `__lte` filter on a column; a bound that is not given does not bind. */
export function range(
  column: string,
  least: number | Date | undefined,
  most: number | Date | undefined,
): WhereOptions {
  const bounds = {
    ...(least === undefined ? {} : { [Op.gte]: least }),
    ...(most === undefined ? {} : { [Op.lte]: most }),
  };
  return Reflect.ownKeys(bounds).length > 0 ? { [column]: bounds } : {};
}
