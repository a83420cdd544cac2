import type { Model } from 'sequelize';

/**
 * Refuses to write fields that follow from other records.
 * @param fresh those fields, and what each is in a new record
 * @param from what they follow from
 * @param fields those that are about to be written; a record in memory may be older than what is stored
 * @throws {Error} which names them
 */
export function refuseDerived(
  record: Model,
  fresh: Readonly<Record<string, number>>,
  from: string,
  fields: readonly string[] = [],
): void {
  const written = Object.keys(fresh).filter((field) =>
    record.isNewRecord
      ? record.get(field) !== fresh[field]
      : record.changed(field as never) || fields.includes(field),
  );
  if (written.length === 0) return;
  throw new Error(
    `${written.join(', ')} ${written.length === 1 ? 'follows' : 'follow'} from the ${from}: write the ${from}`,
  );
}
