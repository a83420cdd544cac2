import { type RecordJSON, type ReduxState, type ResourceJSON, useRecord } from 'adminjs';
import { useEffect, useState } from 'react';
import { useSelector } from 'react-redux';
import type { VersionedRecord } from '../../actions/versioned-form.js';
import { type Draft, draftKey, keepDraft, readDraft } from './drafts.js';

/** The state of a record's form. */
export interface FormState {
  record: RecordJSON;
  handleChange: ReturnType<typeof useRecord>['handleChange'];
  setRecord: ReturnType<typeof useRecord>['setRecord'];
  /** The fields that differ from what the form was filled with. */
  changed: Record<string, unknown>;
  /** What the form was filled with, and the version of the record that it is of. */
  base: Record<string, unknown>;
  version: string | undefined;
  /** Whether the form shows a draft from before. */
  isDraft: boolean;
  /** Fills the form with a newer version of the record, and these values over it. */
  rebase: (stored: VersionedRecord, values: Record<string, unknown>) => void;
  /** Forgets the draft. */
  forget: () => void;
}

/** Keeps what is typed into a record's form, and fills it with the draft, if there is one. */
export function useForm(initial: VersionedRecord | undefined, resource: ResourceJSON): FormState {
  const user = useSelector((state: ReduxState) => state.session?.email ?? '');
  const key = draftKey(user, resource.id, initial?.id);
  const [draft] = useState(() => readDraft(key));
  const [filled, setFilled] = useState<Pick<Draft, 'base' | 'version'>>(() => ({
    base: draft?.base ?? initial?.params ?? {},
    version: draft ? draft.version : initial?.version,
  }));
  const [isDraft, setIsDraft] = useState(draft !== null);
  const start = {
    ...initial,
    params: { ...initial?.params, ...draft?.values },
    populated: { ...initial?.populated, ...draft?.populated },
    errors: {},
  } as RecordJSON;
  const { record, handleChange, setRecord } = useRecord(start, resource.id);
  const changed = changesOf(record.params, filled.base, resource);
  const text = JSON.stringify(changed);
  useEffect(() => {
    const values = Object.entries(changed).filter(([name]) => resource.properties[name]?.type !== 'password');
    const typed: Draft = { ...filled, values: Object.fromEntries(values), populated: record.populated };
    keepDraft(key, values.length > 0 ? typed : null);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `text` stands for all values.
  }, [key, text, filled]);
  return {
    record,
    handleChange,
    setRecord,
    changed,
    ...filled,
    version: filled.version,
    isDraft,
    rebase: (stored, values) => {
      setFilled({ base: stored.params, ...(stored.version !== undefined && { version: stored.version }) });
      setRecord({ ...stored, params: { ...stored.params, ...values } });
    },
    forget: () => {
      setIsDraft(false);
      keepDraft(key, null);
    },
  };
}

/** The fields of a form that differ from what it was filled with. An untouched default of a new record is no change. */
function changesOf(
  params: Record<string, unknown>,
  base: Record<string, unknown>,
  { properties }: ResourceJSON,
): Record<string, unknown> {
  const names = Object.keys(params).filter((name) => properties[name]);
  const changes = names.filter((name) => {
    const before = base[name] ?? properties[name]?.custom.default;
    return textOf(params[name]) !== textOf(before);
  });
  return Object.fromEntries(changes.map((name) => [name, params[name]]));
}

/** A value as a form sends it. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll('\r\n', '\n');
}
