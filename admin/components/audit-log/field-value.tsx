import { useTranslation } from 'adminjs';

/** What is to be shown of a field as the audit log has it. */
interface AuditValueProps {
  field: string;
  resource: string;
  value?: string | number | boolean | null;
  /** What the records are called that the field may name. */
  names?: Record<string, string>;
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** One value of a field, as a reader would say it. */
export default function AuditValue({ field, resource, value, names }: AuditValueProps) {
  const { translateLabel } = useTranslation();
  if (value === undefined) return null;
  if (value === null || value === '') return <em>{translateLabel('empty', 'audit_log')}</em>;
  if (typeof value === 'boolean') return <>{translateLabel(value ? 'yes' : 'no', 'audit_log')}</>;
  const text = String(value);
  if (names) return <>{names[text] ? `${names[text]} (#${text})` : `#${text}`}</>;
  if (TIME.test(text)) return <>{new Date(text).toLocaleString()}</>;
  if (/^[a-z_]{1,20}$/.test(text))
    return <>{translateLabel(`${field}.${text}`, resource, { defaultValue: text })}</>;
  return <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</span>;
}
