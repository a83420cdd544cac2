import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import { useFormats } from '../formats.js';
import type { Decision } from '../../resources/review-reports.js';

/** Who has decided on a review, when and what. */
export default function Decisions({ property, record }: BasePropertyProps) {
  const { translateProperty, translateLabel } = useTranslation();
  const formats = useFormats();
  const decisions = (record?.params.decisions ?? []) as Decision[];
  if (decisions.length === 0) return null;
  return (
    <ValueGroup label={translateProperty(property.label, property.resourceId)}>
      <ul>
        {decisions.map(({ id, actor, action, created, fields }) => (
          <li key={id}>
            <time dateTime={created}>{formats.time(created)}</time> · {actor}:{' '}
            {translateLabel(`action.${action}`, 'audit_log')}{' '}
            {fields.map((field) => translateProperty(field, property.resourceId)).join(', ')}
          </li>
        ))}
      </ul>
    </ValueGroup>
  );
}
