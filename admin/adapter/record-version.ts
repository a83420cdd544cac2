import type { BaseRecord } from 'adminjs';
import { entityTag } from '../../src/http/response/etag.js';

/** The entity tag of a record's values under these names. */
export function versionOf({ params }: Pick<BaseRecord, 'params'>, names: readonly string[]): string {
  return entityTag(JSON.stringify(names.map((name) => params[name] ?? null)));
}
