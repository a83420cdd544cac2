import { BasePropertyComponent, type EditPropertyProps } from 'adminjs';
import { useEffect } from 'react';

/** A checkbox that a new record's form shows as the record would be stored: `custom.default`. */
export default function Flag(props: EditPropertyProps) {
  const { property, record, onChange } = props;
  const unset = record.params[property.path] === undefined;
  useEffect(() => {
    if (unset) onChange(property.path, property.custom.default);
  }, [unset, onChange, property]);
  return <BasePropertyComponent.Boolean.Edit {...props} />;
}
