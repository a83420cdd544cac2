import type { BasePropertyProps } from 'adminjs';
import { useFormats } from '../formats.js';

/** A moment in the visitor's time zone and language. The tooltip adds seconds and the time zone. */
export default function DatetimeList({ property, record }: BasePropertyProps) {
  const formats = useFormats();
  const value = record?.params[property.path] as string | null | undefined;
  if (!value) return <span>–</span>;
  return (
    <time dateTime={value} title={formats.exactTime(value)}>
      {formats.time(value)}
    </time>
  );
}
