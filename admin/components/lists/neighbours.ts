import { ApiClient, type ListActionResponse } from 'adminjs';
import { listAddress, placeIn, rememberPlace } from './list-memory.js';
import { pageSize } from './preferences.js';

const api = new ApiClient();

/** In place of an id: the neighbour is on the page beside. */
export const ELSEWHERE = 'elsewhere';

/** The direction from a record in its list. */
export type Direction = 1 | -1;

/**
 * The id of the record beside one in the list that the visitor came from, as far as the list's page is known: `ELSEWHERE` where it is
 * on the page beside, null where there is none.
 */
export function knownNeighbour(resourceId: string, recordId: string, by: Direction): string | null {
  const place = placeIn(resourceId);
  const at = place?.ids.indexOf(recordId) ?? -1;
  if (!place || at < 0) return null;
  const isPageBeside = by > 0 ? place.hasNext : place.page > 1;
  return place.ids[at + by] ?? (isPageBeside ? ELSEWHERE : null);
}

/**
 * The record after or before one in the list that the visitor came from. At the end of its page, the page beside it becomes the
 * one to return to.
 * @returns its id, or null if there is none
 */
export async function neighbourOf(
  resourceId: string,
  recordId: string,
  by: Direction,
): Promise<string | null> {
  const known = knownNeighbour(resourceId, recordId, by);
  const place = placeIn(resourceId);
  if (known !== ELSEWHERE || !place) return known;
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
