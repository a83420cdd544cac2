import { FormGroup, Label } from '@adminjs/design-system';
import { type FilterPropertyProps, useTranslation } from 'adminjs';
import GenreInput from './genre-input.js';

/** The filter of movies by one genre. */
export default function GenresFilter({ property, filter, onChange }: FilterPropertyProps) {
  const { translateProperty } = useTranslation();
  const label = translateProperty(property.label, property.resourceId);
  const value = (filter as Record<string, string | undefined>)[property.path] ?? '';
  return (
    <FormGroup variant="filter">
      <Label>{label}</Label>
      <GenreInput
        label={label}
        name={`filter-${property.path}`}
        value={value}
        onChange={(text) => onChange(property.path, text)}
      />
    </FormGroup>
  );
}
