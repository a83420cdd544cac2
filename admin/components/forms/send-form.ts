import type { NoticeMessage, RecordJSON } from 'adminjs';
import type { VersionedRecord } from '../../actions/versioned-form.js';
import { request, RequestFailed } from '../session/request.js';
import { textOf } from './use-form.js';

/** What became of a form. */
export type Outcome =
  | { kind: 'saved'; notice?: NoticeMessage; id: string }
  | { kind: 'conflict'; stored: VersionedRecord }
  | { kind: 'refused'; notice?: NoticeMessage; errors: RecordJSON['errors'] }
  /** Nothing was saved, and `message` names the text that says why. */
  | { kind: 'failed'; message: string };

interface Answer {
  notice?: NoticeMessage;
  record?: RecordJSON;
  conflict?: VersionedRecord;
}

const REASONS: Record<number, string> = { 403: 'forbiddenError', 404: 'deletedMeanwhile' };

/**
 * Sends a record's form.
 * @param recordId the record to change; without it a new one is made
 * @param values the fields to write
 * @param version the version of the record that the form was filled from
 */
export async function sendForm(
  { resourceId, recordId }: { resourceId: string; recordId: string | undefined },
  values: Record<string, unknown>,
  version?: string,
): Promise<Outcome> {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, textOf(value));
  if (version !== undefined) data.set('version', version);
  const action = recordId === undefined ? 'actions/new' : `records/${recordId}/edit`;
  try {
    const answer = (await request<Answer>(`/api/resources/${resourceId}/${action}`, { data })).data;
    const { notice, record, conflict } = answer;
    if (conflict) return { kind: 'conflict', stored: conflict };
    const errors = record?.errors ?? {};
    const told = notice ? { notice } : {};
    if (notice?.type === 'error' || Object.keys(errors).length > 0)
      return { kind: 'refused', errors, ...told };
    return { kind: 'saved', id: record?.id ?? '', ...told };
  } catch (error) {
    const status = error instanceof RequestFailed ? error.status : 0;
    return { kind: 'failed', message: REASONS[status] ?? 'notSaved' };
  }
}
