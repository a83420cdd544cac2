import { type BasePropertyProps, useTranslation } from 'adminjs';

/** The names of the fields that an entry of the audit log tells of. */
export default function AuditFields({ record }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const { changes, resource, action } = record?.params ?? {};
  // All fields of a record come and go with it.
  if (action === 'create' || action === 'delete') return null;
  const fields = Object.keys(JSON.parse(String(changes ?? '{}')) as object);
  return <span>{fields.map((field) => translateProperty(field, String(resource))).join(', ')}</span>;
}
