import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import { useFormats } from '../formats.js';

const MOST = 5;

/** A rating as stars with its number. */
export default function Stars({ property, record, where }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const rating = <Rating value={Number(record?.params[property.path] ?? 0)} />;
  if (where !== 'show') return rating;
  return <ValueGroup label={translateProperty(property.label, property.resourceId)}>{rating}</ValueGroup>;
}

function Rating({ value }: { value: number }) {
  const formats = useFormats();
  // Only a movie without reviews has a rating of 0.
  if (value === 0) return <span>–</span>;
  const full = Math.round(value);
  const text = Number.isInteger(value) ? String(value) : formats.rating(value);
  return (
    <span style={{ whiteSpace: 'nowrap' }} title={`${text} / ${MOST}`}>
      <span aria-hidden="true" className="star" style={{ letterSpacing: 1 }}>
        {'★'.repeat(full)}
        {'☆'.repeat(MOST - full)}
      </span>{' '}
      {text}
    </span>
  );
}
