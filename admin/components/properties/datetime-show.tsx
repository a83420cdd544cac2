import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import { useFormats } from '../formats.js';

/** A moment on a record's page, with its time zone. */
export default function DatetimeShow({ property, record }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const formats = useFormats();
  const value = record?.params[property.path] as string | null | undefined;
  return (
    <ValueGroup label={translateProperty(property.label, property.resourceId)}>
      {value ? <time dateTime={value}>{formats.exactTime(value)}</time> : <span>–</span>}
    </ValueGroup>
  );
}
