/** The parameters that AdminJS's and the panel's own pages take from their address. Filters come on top of them. */
const PARAMETERS = new Set(['direction', 'from', 'page', 'perPage', 'recordIds', 'refresh', 'sortBy', 'tab']);

/**
 * Checks the query string of a page. AdminJS would fill the form of a new record with any parameter that is named like a
 * field, and follow `redirectUrl` to any site, so that a link could hold a filled form. Used on the server and in the browser.
 * @param search the query string, with or without `?`
 * @returns the query string without the parameters that no page takes; null if it has none of those
 */
export function withoutForeignParameters(search: string): string | null {
  const parameters = [...new URLSearchParams(search)];
  const own = parameters.filter(([name]) => PARAMETERS.has(name) || name.startsWith('filters.'));
  return own.length === parameters.length ? null : new URLSearchParams(own).toString();
}
