import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import { useFormats } from '../formats.js';

const MAX_STARS = 5;

/** A rating as stars and a number. */
export default function Stars({ property, record, where }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const isAverage = property.type === 'float';
  const rating = <Rating value={Number(record?.params[property.path] ?? 0)} isAverage={isAverage} />;
  if (where !== 'show') return rating;
  return <ValueGroup label={translateProperty(property.label, property.resourceId)}>{rating}</ValueGroup>;
}

/** An average has two decimal places, whatever its value. */
function Rating({ value, isAverage }: { value: number; isAverage: boolean }) {
  const formats = useFormats();
  // A movie without reviews.
  if (value === 0) return <span>–</span>;
  const full = Math.round(value);
  const text = isAverage ? formats.rating(value) : formats.number(value);
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
