import { Icon } from '@adminjs/design-system';
import { type BasePropertyJSON, useTranslation } from 'adminjs';
import { Link, useLocation } from 'react-router-dom';

/** Types whose highest values are of most interest: the first click sorts them descending. */
const DESCENDING_FIRST = new Set(['number', 'float', 'currency', 'datetime', 'date']);

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

interface Props {
  property: BasePropertyJSON;
  sortBy: string | undefined;
  direction: 'asc' | 'desc' | undefined;
}

/** A column's heading, which sorts the list. */
export default function HeaderCell({ property, sortBy, direction }: Props) {
  const { translateProperty } = useTranslation();
  const { search } = useLocation();
  const label = translateProperty(property.label, property.resourceId);
  if (!property.isSortable) return <th scope="col">{label}</th>;
  const current = sortBy === property.propertyPath ? direction : undefined;
  const first = DESCENDING_FIRST.has(property.type) ? 'desc' : 'asc';
  const opposite = current === 'asc' ? 'desc' : 'asc';
  const query = new URLSearchParams(search);
  query.set('sortBy', property.propertyPath);
  query.set('direction', current ? opposite : first);
  query.delete('page');
  return (
    <th scope="col" aria-sort={current && ARIA_SORT[current]}>
      <Link to={{ search: query.toString() }} className="sort-link">
        {label}
        {current && <Icon icon={current === 'asc' ? 'ChevronUp' : 'ChevronDown'} aria-hidden="true" />}
      </Link>
    </th>
  );
}
