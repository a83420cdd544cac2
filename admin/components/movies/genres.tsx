import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';

/** The names in a record's text, which has one on each line. */
export function namesIn(text: unknown): string[] {
  return typeof text === 'string' ? text.split('\n').filter(Boolean) : [];
}

/** A movie's genres. */
export default function Genres({ property, record, where }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const names = namesIn(record?.params[property.path]);
  if (where !== 'show') return <span className="genres-text">{names.join(', ') || '–'}</span>;
  const list =
    names.length === 0 ? (
      <span>–</span>
    ) : (
      <ul className="genres">
        {names.map((name) => (
          <li key={name} className="genre">
            {name}
          </li>
        ))}
      </ul>
    );
  return <ValueGroup label={translateProperty(property.label, property.resourceId)}>{list}</ValueGroup>;
}
