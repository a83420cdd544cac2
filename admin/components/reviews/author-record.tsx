import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import PanelLink from '../panel-link.js';
import { useFormats } from '../formats.js';
import type { AuthorRecord as Record } from '../../resources/review-reports.js';

/** What a review's author has written, and what became of it, with a link to all of it. */
export default function AuthorRecord({ property, record, where }: BasePropertyProps) {
  const { translateProperty, translateMessage } = useTranslation();
  const formats = useFormats();
  const author = record?.params.author as Record | undefined;
  if (!author) return null;
  const counts = {
    reviews: formats.number(author.reviews),
    hidden: formats.number(author.hidden),
    reports: formats.number(author.reports),
  };
  const text = translateMessage('authorRecord', property.resourceId, counts);
  const link = (
    <PanelLink to={`/admin/resources/reviews?filters.user_id=${record?.params.user_id}`}>{text}</PanelLink>
  );
  if (where === 'list') return link;
  return <ValueGroup label={translateProperty(property.label, property.resourceId)}>{link}</ValueGroup>;
}
