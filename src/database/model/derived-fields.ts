import type { Model } from 'sequelize';

/**
 * Refuses to write fields that are derived from other records.
 * @param fresh the derived fields with their values in a new record
 * @param from the records that they follow from, for the message
 * @param fields the fields about to be written: the record in memory may be stale, so an unchanged one counts too
 * @throws {Error} with the names of the fields
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
