import { Icon } from '@adminjs/design-system';
import {
  ApiClient,
  type ListActionResponse,
  type RecordJSON,
  type ReduxState,
  useTranslation,
} from 'adminjs';
import { useEffect, useState } from 'react';
import { useSelector } from 'react-redux';
import { Link } from 'react-router-dom';
import Dialog from '../dialog.js';
import { recordTitle } from './record-title.js';

const api = new ApiClient();

/** What is searched, in this order. */
const SEARCHED = ['watch_lists', 'stream_platforms', 'genres', 'users', 'reviews'];
const MOST = 5;
/** How long the visitor has stopped typing before a search, in milliseconds. */
const PAUSE_MS = 200;

type Found = { resourceId: string; records: RecordJSON[] }[];

/** A search over everything, by a button and by Ctrl K. */
export default function GlobalSearch() {
  const { translateComponent: translate } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (!document.querySelector('dialog[open]')) setIsOpen(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className="top-bar-search"
        aria-label={translate('GlobalSearch.title')}
        title="Ctrl K"
        onClick={() => setIsOpen(true)}
      >
        <Icon icon="Search" aria-hidden="true" />
      </button>
      {isOpen && <SearchDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}

/** Pickers find records by their titles, which reviews do not have: these are found as in their list. */
async function search(resourceId: string, query: string): Promise<RecordJSON[]> {
  if (resourceId !== 'reviews') return api.searchRecords({ resourceId, query });
  const params = new URLSearchParams({ 'filters.search': query, perPage: String(MOST) });
  const { data } = await api.resourceAction({ resourceId, actionName: 'list', params });
  return (data as ListActionResponse).records;
}

function SearchDialog({ onClose }: { onClose: () => void }) {
  const { translateComponent: translate, translateLabel } = useTranslation();
  const resources = useSelector((state: ReduxState) => state.resources);
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    const query = text.trim();
    if (query === '') {
      setFound(null);
      return undefined;
    }
    let isCurrent = true;
    const ids = SEARCHED.filter((id) =>
      resources.some(
        (resource) => resource.id === id && resource.resourceActions.some(({ name }) => name === 'list'),
      ),
    );
    const timer = setTimeout(() => {
      void Promise.all(
        ids.map(async (resourceId) => {
          const records = await search(resourceId, query).catch(() => []);
          return { resourceId, records: records.slice(0, MOST) };
        }),
      ).then((all) => {
        if (isCurrent) setFound(all.filter(({ records }) => records.length > 0));
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [resources, text]);
  return (
    <Dialog title={translate('GlobalSearch.title')} onClose={onClose}>
      <input
        type="search"
        className="global-search"
        autoFocus
        aria-label={translate('GlobalSearch.title')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div aria-live="polite">
        {found?.length === 0 && <p>{translate('EmptyList.noMatch')}</p>}
        {found?.map(({ resourceId, records }) => (
          <section key={resourceId} className="global-found">
            <h3>{translateLabel(resourceId, resourceId)}</h3>
            <ul>
              {records.map((record) => (
                <li key={record.id}>
                  <Link to={`/admin/resources/${resourceId}/records/${record.id}/show`} onClick={onClose}>
                    {String(record.params.description ?? '') || recordTitle(record)}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
