import type { BasePropertyProps } from 'adminjs';
import { useTranslation } from 'adminjs';
import type { MouseEvent } from 'react';
import { Link } from 'react-router-dom';

const LENGTH = 48;

/** The record that an entry of the audit log is about; it leads there, while it exists. */
export default function AuditRecord({ record }: Pick<BasePropertyProps, 'record'>) {
  const { translateLabel } = useTranslation();
  const { resource, record_id, record_title, exists } = record?.params ?? {};
  const characters = [...String(record_title ?? '')];
  const title = characters.length > LENGTH ? `${characters.slice(0, LENGTH).join('')}…` : characters.join('');
  const name = title === '' ? `#${record_id}` : title;
  const kind = translateLabel(`record.${resource}`, 'audit_log', { defaultValue: String(resource) });
  if (!record_id) return <span>{translateLabel(`resource.${resource}`, 'audit_log')}</span>;
  if (!exists)
    return (
      <span>
        {kind}: {name} <em>({translateLabel('deleted', 'audit_log')})</em>
      </span>
    );
  return (
    <span>
      {kind}:{' '}
      <Link
        to={`/admin/resources/${resource}/records/${record_id}/show`}
        onClick={(event: MouseEvent) => event.stopPropagation()}
      >
        {name}
      </Link>
    </span>
  );
}
