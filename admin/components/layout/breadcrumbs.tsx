import { type ActionJSON, type RecordJSON, type ResourceJSON, useTranslation } from 'adminjs';
import { Link } from 'react-router-dom';

interface Props {
  resource: ResourceJSON;
  record?: RecordJSON;
  title: string;
  action: ActionJSON;
}

/** The way from the dashboard to this page: AdminJS's own does not find the texts of a resource's own actions. */
export default function Breadcrumbs({ resource, record, title, action }: Props) {
  const { translateLabel, translateAction, translateComponent } = useTranslation();
  const address = `/admin/resources/${resource.id}`;
  const here = action.name === 'show' ? null : translateAction(action.label, resource.id);
  return (
    <nav className="breadcrumbs" aria-label={translateComponent('Names.breadcrumbs')}>
      <Link to="/admin">{translateLabel('dashboard')}</Link>
      {action.name === 'list' ? (
        <span aria-current="page">{here}</span>
      ) : (
        <Link to={address}>{translateLabel(resource.name, resource.id)}</Link>
      )}
      {record && here && <Link to={`${address}/records/${record.id}/show`}>{title}</Link>}
      {record && !here && <span aria-current="page">{title}</span>}
      {here && action.name !== 'list' && <span aria-current="page">{here}</span>}
    </nav>
  );
}
