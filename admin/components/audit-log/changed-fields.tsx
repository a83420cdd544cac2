import { type BasePropertyProps, useTranslation } from 'adminjs';

/** The names of the fields that an entry has changed, in the audit log's list. */
export default function ChangedFields({ record }: BasePropertyProps) {
  const { translateProperty } = useTranslation();
  const { changes, resource, action } = record?.params ?? {};
  // These change all fields.
  if (action === 'create' || action === 'delete') return null;
  const fields = Object.keys(JSON.parse(String(changes ?? '{}')) as object);
  return <span>{fields.map((field) => translateProperty(field, String(resource))).join(', ')}</span>;
}
