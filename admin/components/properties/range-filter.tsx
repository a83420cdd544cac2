import { FormGroup, Input, Label } from '@adminjs/design-system';
import { type FilterPropertyProps, useTranslation } from 'adminjs';

const BOUNDS = ['from', 'to'] as const;

/** A filter by a minimum and a maximum number. */
export default function RangeFilter({ property, filter, onChange }: FilterPropertyProps) {
  const { translateProperty } = useTranslation();
  const values = filter as Record<string, string | undefined>;
  return (
    <FormGroup variant="filter">
      <Label>{translateProperty(property.label, property.resourceId)}</Label>
      {BOUNDS.map((bound) => {
        const key = `${property.path}~~${bound}`;
        return (
          <Input
            key={bound}
            type="number"
            step="any"
            name={`filter-${key}`}
            aria-label={translateProperty(bound)}
            placeholder={translateProperty(bound)}
            value={values[key] ?? ''}
            onChange={(event: { target: { value: string } }) => onChange(key, event.target.value)}
            mb="default"
          />
        );
      })}
    </FormGroup>
  );
}
