import { Icon } from '@adminjs/design-system';
import { type RecordJSON, type ResourceJSON, useTranslation } from 'adminjs';
import { useLocation, useNavigate } from 'react-router-dom';
import { useFormats } from '../formats.js';
import { QUICK_FILTERS } from './quick-filters.js';

const FILTER = /^filters\.(\w+)(?:~~(from|to))?$/;

/** Filters by one click, and those that are on, each with a button that takes it off. */
export default function FilterChips({
  resource,
  records,
}: {
  resource: ResourceJSON;
  records: RecordJSON[];
}) {
  const { translateComponent: translate, translateProperty, translateLabel } = useTranslation();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const formats = useFormats();
  const query = new URLSearchParams(search);
  const active = [...query].filter(([name, value]) => FILTER.test(name) && value !== '');
  const quick = Object.entries(QUICK_FILTERS[resource.id] ?? {});

  const change = (edit: (parameters: URLSearchParams) => void) => {
    const next = new URLSearchParams(search);
    edit(next);
    next.delete('page');
    navigate({ pathname, search: next.toString() });
  };
  const label = (parameter: string, value: string) => {
    const [, name = '', bound] = FILTER.exec(parameter) ?? [];
    const property = resource.properties[name];
    const title =
      name === 'search' ? translateLabel('search', resource.id) : translateProperty(name, resource.id);
    return [title, bound && translateProperty(bound).toLocaleLowerCase(), shown(property, name, value)]
      .filter(Boolean)
      .join(' ');
  };
  const shown = (property: ResourceJSON['properties'][string] | undefined, name: string, value: string) => {
    if (property?.reference) return records[0]?.populated[name]?.title ?? `#${value}`;
    if (property?.type === 'boolean' || property?.availableValues)
      return translateLabel(`${name}.${value}`, resource.id, { defaultValue: value });
    return property?.type === 'datetime' && !Number.isNaN(Date.parse(value)) ? formats.time(value) : value;
  };
  if (active.length + quick.length === 0) return null;
  return (
    <div className="filter-chips" role="group" aria-label={translate('Filters.name')}>
      {quick.map(([name, filters]) => {
        const isOn = Object.entries(filters).every(([key, value]) => query.get(`filters.${key}`) === value);
        return (
          <button
            key={name}
            type="button"
            className="list-button"
            aria-pressed={isOn}
            onClick={() =>
              change((next) => {
                for (const [key, value] of Object.entries(filters))
                  if (isOn) next.delete(`filters.${key}`);
                  else next.set(`filters.${key}`, value);
              })
            }
          >
            {translate(`Filters.${name}`)}
          </button>
        );
      })}
      {active.map(([name, value]) => (
        <span key={name} className="filter-chip">
          {label(name, value)}
          <button
            type="button"
            aria-label={translate('Filters.remove', { filter: label(name, value) })}
            onClick={() => change((next) => next.delete(name))}
          >
            <Icon icon="X" aria-hidden="true" />
          </button>
        </span>
      ))}
    </div>
  );
}
