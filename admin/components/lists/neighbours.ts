import { ApiClient, type ListActionResponse } from 'adminjs';
import { listAddress, placeIn, rememberPlace } from './list-memory.js';
import { pageSize } from './preferences.js';

const api = new ApiClient();

/**
 * The record after or before one in the list that the visitor came from. At the end of its page, the page beside it becomes the
 * one to return to.
 * @param by 1 or -1
 * @returns its id, or null if there is none
 */
export async function neighbourOf(resourceId: string, recordId: string, by: 1 | -1): Promise<string | null> {
  const place = placeIn(resourceId);
  const at = place?.ids.indexOf(recordId) ?? -1;
  if (!place || at < 0) return null;
  const beside = place.ids[at + by];
  if (beside !== undefined) return beside;
  if (by > 0 ? !place.hasNext : place.page <= 1) return null;
  const query = new URLSearchParams(place.search);
  query.set('page', String(place.page + by));
  const ids = await readPage(resourceId, query);
  return (by > 0 ? ids[0] : ids.at(-1)) ?? null;
}

/** Whether a record is in the list that the visitor came from, so that it may have neighbours. */
export function isListed(resourceId: string, recordId: string): boolean {
  return placeIn(resourceId)?.ids.includes(recordId) ?? false;
}

/** Reads a page of a list and remembers it. */
async function readPage(resourceId: string, query: URLSearchParams): Promise<string[]> {
  const params = new URLSearchParams(query);
  params.set('perPage', String(pageSize()));
  const { data } = await api.resourceAction({ resourceId, actionName: 'list', params });
  const { records, meta } = data as ListActionResponse;
  const ids = records.map(({ id }) => String(id));
  const hasNext = meta.page * meta.perPage < meta.total;
  rememberPlace(resourceId, { search: `?${query}`, ids, hasNext, page: meta.page, scroll: 0 });
  return ids;
}

/** Leaves a record for its list, which shows what has changed. */
export function freshList(resourceId: string): string {
  const [path, query] = listAddress(resourceId).split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('refresh', 'true');
  return `${path}?${parameters}`;
}
