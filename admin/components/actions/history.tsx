import type { ActionProps } from 'adminjs';
import { Navigate } from 'react-router-dom';

/** Redirects to the record's entries in the audit log. */
export default function History({ action, resource, record }: ActionProps) {
  const filters = new URLSearchParams({
    'filters.resource': String(action.custom.resource ?? resource.id),
    'filters.record_id': String(record?.id),
  });
  return <Navigate replace to={`/admin/resources/audit_log?${filters}`} />;
}
