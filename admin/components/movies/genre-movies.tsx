import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import { useFormats } from '../formats.js';
import PanelLink from '../panel-link.js';

/** The number of a genre's movies, which leads to their list. */
export default function GenreMovies({ property, record, where }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const formats = useFormats();
  const count = Number(record?.params[property.path] ?? 0);
  const address = `/admin/resources/watch_lists?filters.genres=${encodeURIComponent(String(record?.params.name))}`;
  const link = count > 0 ? <PanelLink to={address}>{formats.number(count)}</PanelLink> : <span>0</span>;
  if (where !== 'show') return link;
  return <ValueGroup label={translateProperty(property.label, property.resourceId)}>{link}</ValueGroup>;
}
