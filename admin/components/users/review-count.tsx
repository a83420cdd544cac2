import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import type { MouseEvent } from 'react';
import { Link } from 'react-router-dom';

/** The number of a user's reviews, with a link to them. */
export default function ReviewCount({ property, record, where }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const count = Number(record?.params[property.path] ?? 0);
  const link = (
    <Link
      to={`/admin/resources/reviews?filters.user_id=${record?.id}`}
      onClick={(event: MouseEvent) => event.stopPropagation()}
    >
      {count.toLocaleString()}
    </Link>
  );
  if (where !== 'show') return link;
  return <ValueGroup label={translateProperty(property.label, property.resourceId)}>{link}</ValueGroup>;
}
