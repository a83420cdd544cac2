import { BasePropertyComponent, type EditPropertyProps } from 'adminjs';
import { useEffect } from 'react';

/** A checkbox. In a new record's form it starts as `custom.default`, the value that the model would store. */
export default function BooleanEdit(props: EditPropertyProps) {
  const { property, record, onChange } = props;
  const isUnset = record.params[property.path] === undefined;
  useEffect(() => {
    if (isUnset) onChange(property.path, property.custom.default);
  }, [isUnset, onChange, property]);
  return <BasePropertyComponent.Boolean.Edit {...props} />;
}
