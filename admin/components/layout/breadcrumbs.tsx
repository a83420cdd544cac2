import { type ActionJSON, type RecordJSON, type ResourceJSON, useTranslation } from 'adminjs';
import { Link } from 'react-router-dom';
import { listAddress } from '../lists/list-memory.js';

interface Props {
  resource: ResourceJSON;
  record?: RecordJSON;
  title: string;
  action: ActionJSON;
}

/** Breadcrumbs from the dashboard to the page. AdminJS's own do not find the texts of a resource's own actions. */
export default function Breadcrumbs({ resource, record, title, action }: Props) {
  const { translateLabel, translateAction, translateComponent } = useTranslation();
  const listUrl = `/admin/resources/${resource.id}`;
  const actionLabel = action.name === 'show' ? null : translateAction(action.label, resource.id);
  return (
    <nav className="breadcrumbs" aria-label={translateComponent('Names.breadcrumbs')}>
      <Link to="/admin">{translateLabel('dashboard')}</Link>
      {action.name === 'list' ? (
        <span aria-current="page">{actionLabel}</span>
      ) : (
        <Link to={listAddress(resource.id)} state={{ returned: true }}>
          {translateLabel(resource.name, resource.id)}
        </Link>
      )}
      {record && actionLabel && <Link to={`${listUrl}/records/${record.id}/show`}>{title}</Link>}
      {record && !actionLabel && <span aria-current="page">{title}</span>}
      {actionLabel && action.name !== 'list' && <span aria-current="page">{actionLabel}</span>}
    </nav>
  );
}
