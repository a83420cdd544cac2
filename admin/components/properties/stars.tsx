import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import { useFormats } from '../formats.js';

const MAX_STARS = 5;

/** A rating as stars and a number. */
export default function Stars({ property, record, where }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const rating = <Rating value={Number(record?.params[property.path] ?? 0)} />;
  if (where !== 'show') return rating;
  return <ValueGroup label={translateProperty(property.label, property.resourceId)}>{rating}</ValueGroup>;
}

function Rating({ value }: { value: number }) {
  const formats = useFormats();
  // A movie without reviews.
  if (value === 0) return <span>–</span>;
  const full = Math.round(value);
  const text = Number.isInteger(value) ? String(value) : formats.rating(value);
  return (
    <span style={{ whiteSpace: 'nowrap' }} title={`${text} / ${MAX_STARS}`}>
      <span aria-hidden="true" className="star" style={{ letterSpacing: 1 }}>
        {'★'.repeat(full)}
        {'☆'.repeat(MAX_STARS - full)}
      </span>{' '}
      {text}
    </span>
  );
}
