import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import type { MouseEvent } from 'react';
import { Link } from 'react-router-dom';
import { useFormats } from '../formats.js';

/** The number of a user's reviews, with a link to them. */
export default function ReviewCount({ property, record, where }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const formats = useFormats();
  const count = Number(record?.params[property.path] ?? 0);
  const link = (
    <Link
      to={`/admin/resources/reviews?filters.user_id=${record?.id}`}
      onClick={(event: MouseEvent) => event.stopPropagation()}
    >
      {formats.number(count)}
    </Link>
  );
  if (where !== 'show') return link;
  return <ValueGroup label={translateProperty(property.label, property.resourceId)}>{link}</ValueGroup>;
}
