import { BasePropertyComponent, type EditPropertyProps } from 'adminjs';
import { useState } from 'react';

/**
 * The field for one's own password, in the form of an account that is or becomes staff's. `staffErrors` in
 * resources/users.ts tells which changes need it; a field that came and went while one types would move the buttons.
 */
export default function OwnPassword(props: EditPropertyProps) {
  const { record, property } = props;
  const [storedRole] = useState<unknown>(record.id ? record.params.role : 'user');
  const isStaff = [storedRole, record.params.role ?? 'user'].some((role) => role !== 'user');
  return isStaff || record.errors?.[property.path] ? (
    <BasePropertyComponent.Password.Edit {...props} />
  ) : null;
}
