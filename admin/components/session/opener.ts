/** The header that names the user who has opened the page that sends a request. */
export const OPENER_HEADER = 'X-Panel-User';

/** The header of this page's requests. */
export function openerHeader(): Record<string, string> {
  const { REDUX_STATE } = window as { REDUX_STATE?: { session?: { id?: string } | null } };
  const id = REDUX_STATE?.session?.id;
  return id === undefined ? {} : { [OPENER_HEADER]: id };
}
