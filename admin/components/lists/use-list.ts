import { ApiClient, type ListActionResponse, useNotice } from 'adminjs';
import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { placeIn, rememberPlace } from './list-memory.js';
import { pageSize } from './preferences.js';

const api = new ApiClient();

/** A list's page as the server sent it. */
export type ListPage = Pick<ListActionResponse, 'records' | 'meta'>;

export interface ListState {
  /** The page; the one before while another is loaded; null before the first. */
  page: ListPage | null;
  state: 'loading' | 'ready' | 'failed';
  reload: () => void;
}

/** The page that was shown last, by resource: shown again at once where a drawer opens over its list. */
const lastPages = new Map<string, { search: string; page: ListPage }>();

/** The parameters of an address that are a drawer's, and no list's. */
const OF_DRAWERS = ['recordIds', 'from'];

/** Loads the page of a list that the address names. */
export function useList(resourceId: string): ListState {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const addNotice = useNotice();
  const [round, setRound] = useState(0);
  const query = listQuery(search);
  const last = lastPages.get(resourceId);
  const [shown, setShown] = useState<{
    resourceId: string;
    page: ListPage | null;
    state: ListState['state'];
  }>({
    resourceId,
    page: last?.search === query ? last.page : null,
    state: 'loading',
  });
  const asked = useRef(0);
  useEffect(() => {
    const parameters = new URLSearchParams(search);
    if (parameters.has('refresh')) {
      for (const name of ['refresh', ...OF_DRAWERS]) parameters.delete(name);
      // An action of AdminJS leads to the bare list: back to where it was.
      const kept = parameters.size > 0 ? `?${parameters}` : (placeIn(resourceId)?.search ?? '');
      navigate({ pathname, search: kept }, { replace: true, state: { returned: true } });
      return;
    }
    asked.current += 1;
    const number = asked.current;
    setShown((current) => ({
      resourceId,
      page: current.resourceId === resourceId ? current.page : null,
      state: 'loading',
    }));
    const params = new URLSearchParams(query);
    params.set('perPage', String(pageSize()));
    api.resourceAction({ resourceId, actionName: 'list', params }).then(
      ({ data }) => {
        if (asked.current !== number) return;
        const { meta, notice, ...answer } = data as ListActionResponse;
        // AdminJS types ids as texts, and they are numbers.
        const records = answer.records.map((record) => ({ ...record, id: String(record.id) }));
        if (notice) addNotice(notice);
        lastPages.set(resourceId, { search: query, page: { records, meta } });
        setShown({ resourceId, page: { records, meta }, state: 'ready' });
        if (pathname.endsWith(`/resources/${resourceId}`))
          rememberPlace(resourceId, {
            search: query && `?${query}`,
            ids: records.map(({ id }) => id),
            hasNext: meta.page * meta.perPage < meta.total,
            page: meta.page,
          });
      },
      () => {
        if (asked.current === number) setShown({ resourceId, page: null, state: 'failed' });
      },
    );
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- notices and navigation are new at each render.
  }, [resourceId, search, round]);
  const { page, state } = shown.resourceId === resourceId ? shown : { page: null, state: 'loading' as const };
  return { page, state, reload: () => setRound((current) => current + 1) };
}

function listQuery(search: string): string {
  const parameters = new URLSearchParams(search);
  for (const name of OF_DRAWERS) parameters.delete(name);
  return parameters.toString();
}
