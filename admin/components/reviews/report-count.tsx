import { Badge } from '@adminjs/design-system';
import type { BasePropertyProps } from 'adminjs';

/** The number of a review's open reports. */
export default function ReportCount({ property, record }: BasePropertyProps) {
  const count = Number(record?.params[property.path] ?? 0);
  return count === 0 ? (
    <span>–</span>
  ) : (
    <Badge variant="danger" size="sm">
      {count}
    </Badge>
  );
}
