import type { FilterPropertyProps } from 'adminjs';
import type { ComponentType } from 'react';

/** AdminJS's filter by two times. A day that is picked as the end, without a time, is included. */
export default function DatetimeFilter({
  OriginalComponent,
  ...props
}: FilterPropertyProps & { OriginalComponent: ComponentType<FilterPropertyProps> }) {
  const onChange = (key: string, value: string) =>
    props.onChange(key, key.endsWith('~~to') ? endOfDay(value) : value);
  return <OriginalComponent {...props} onChange={onChange as typeof props.onChange} />;
}

/** The last millisecond of a day in the visitor's time zone, in place of its first or last minute. */
function endOfDay(value: string): string {
  const time = new Date(value);
  const minute = time.getHours() * 60 + time.getMinutes();
  if (minute !== 0 && minute !== 23 * 60 + 59) return value;
  time.setHours(23, 59, 59, 999);
  return time.toISOString();
}
