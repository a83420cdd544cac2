/** A list as the visitor has left it. */
export interface ListPlace {
  /** Its query string: filters, order and page. */
  search: string;
  /** The ids of the page, in their order. */
  ids: string[];
  /** Whether there is a page after it. */
  hasNext: boolean;
  page: number;
  /** How far it was scrolled, and the record that was opened. */
  scroll: number;
  opened?: string;
}

const PREFIX = 'marquee.list:';

/** The place in a resource's list that this tab has seen last. */
export function placeIn(resourceId: string): ListPlace | null {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + resourceId) ?? 'null') as ListPlace | null;
  } catch {
    return null;
  }
}

/** Changes what is remembered of a resource's list. */
export function rememberPlace(resourceId: string, change: Partial<ListPlace>): void {
  const place = placeIn(resourceId) ?? { search: '', ids: [], hasNext: false, page: 1, scroll: 0 };
  try {
    sessionStorage.setItem(PREFIX + resourceId, JSON.stringify({ ...place, ...change }));
  } catch {
    // Storage is disabled: a list begins at its first page.
  }
}

/** The address of a resource's list, as it was left. */
export function listAddress(resourceId: string): string {
  return `/admin/resources/${resourceId}${placeIn(resourceId)?.search ?? ''}`;
}
