import { useTranslation } from 'adminjs';
import { useFormats } from '../formats.js';

/** A field of an audit log entry. */
interface FieldValueProps {
  field: string;
  resource: string;
  value?: string | number | boolean | string[] | null;
  /** For a foreign key: the titles of its records by id. */
  titles?: Record<string, string>;
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A field's value in words. */
export default function FieldValue({ field, resource, value, titles }: FieldValueProps) {
  const { translateLabel } = useTranslation();
  const formats = useFormats();
  if (value === undefined) return null;
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return <em>{translateLabel('empty', 'audit_log')}</em>;
  if (typeof value === 'boolean') return <>{translateLabel(value ? 'yes' : 'no', 'audit_log')}</>;
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  if (titles) return <>{titles[text] ? `${titles[text]} (#${text})` : `#${text}`}</>;
  if (TIME.test(text)) return <>{formats.time(text)}</>;
  if (/^[a-z_]{1,20}$/.test(text))
    return <>{translateLabel(`${field}.${text}`, resource, { defaultValue: text })}</>;
  return <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</span>;
}
