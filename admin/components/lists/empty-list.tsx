import { Button } from '@adminjs/design-system';
import { ActionButton, type ListActionResponse, type ResourceJSON, useTranslation } from 'adminjs';
import { useLocation, useNavigate } from 'react-router-dom';

interface Props {
  resource: ResourceJSON;
  /** Undefined if the list could not be loaded. */
  meta: ListActionResponse['meta'] | undefined;
  onRetry: () => void;
}

/** A list without rows: it says why, and leads on. */
export default function EmptyList({ resource, meta, onRetry }: Props) {
  const { translateComponent: translate, translateMessage, translateButton } = useTranslation();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const query = new URLSearchParams(search);
  const isFiltered = [...query.keys()].some((name) => name.startsWith('filters.'));
  const create = resource.resourceActions.find(({ name }) => name === 'new');
  const go = (edit: (parameters: URLSearchParams) => void) => {
    edit(query);
    navigate({ pathname, search: query.toString() });
  };
  if (!meta)
    return (
      <Note title={translateMessage('errorFetchingRecords', resource.id)}>
        <Button type="button" variant="outlined" onClick={onRetry}>
          {translate('EmptyList.retry')}
        </Button>
      </Note>
    );
  if (meta.total > 0)
    return (
      <Note title={translate('EmptyList.noPage', { page: meta.page })}>
        <Button type="button" variant="outlined" onClick={() => go((next) => next.delete('page'))}>
          {translate('Names.first')}
        </Button>
      </Note>
    );
  if (isFiltered)
    return (
      <Note title={translate('EmptyList.noMatch')}>
        <Button
          type="button"
          variant="outlined"
          onClick={() =>
            go((next) => {
              const names = [...next.keys()].filter((name) => name.startsWith('filters.'));
              for (const name of ['page', ...names]) next.delete(name);
            })
          }
        >
          {translate('EmptyList.clear')}
        </Button>
      </Note>
    );
  return (
    <Note title={translateMessage('noRecordsInResource', resource.id)}>
      {create && (
        <ActionButton action={create} resourceId={resource.id}>
          <Button variant="contained">{translateButton('createFirstRecord', resource.id)}</Button>
        </ActionButton>
      )}
    </Note>
  );
}

function Note({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="empty-list" role="status">
      <p>{title}</p>
      {children}
    </div>
  );
}
