import type { BasePropertyProps } from 'adminjs';
import { useTranslation } from 'adminjs';
import type { MouseEvent } from 'react';
import { Link } from 'react-router-dom';

const TITLE_LENGTH = 48;

/** The record of an audit log entry, as a link while the record exists. */
export default function RecordLink({ record }: Pick<BasePropertyProps, 'record'>) {
  const { translateLabel } = useTranslation();
  const { resource, record_id, record_title, exists } = record?.params ?? {};
  const characters = [...String(record_title ?? '')];
  const title =
    characters.length > TITLE_LENGTH ? `${characters.slice(0, TITLE_LENGTH).join('')}…` : characters.join('');
  const name = title === '' ? `#${record_id}` : title;
  const kind = translateLabel(`record.${resource}`, 'audit_log', { defaultValue: String(resource) });
  if (!record_id) {
    const kinds = translateLabel(`resource.${resource}`, 'audit_log');
    return <span>{title === '' ? kinds : `${kinds}: ${title}`}</span>;
  }
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
