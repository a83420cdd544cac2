import {
  type Action,
  type ActionContext,
  type BaseRecord,
  type RecordActionResponse,
  ValidationError,
} from 'adminjs';
import { acting, type Acting, actingAs } from '../../src/audit/acting-as.js';
import type { Change } from '../../src/audit/audit-entry.js';
import { OWN_PASSWORD, rememberOwnPassword } from '../http/own-password.js';
import { PanelResource } from '../adapter/panel-resource.js';

/** The two versions of a record in an entry of the audit log. */
const VERSIONS = ['before', 'after'] as const;
type Version = (typeof VERSIONS)[number];

/** Writes an entry's fields back, as they were `before` or `after`, with the checks of the record's form. */
export const restoreAction: Action<RecordActionResponse> = {
  name: 'restore',
  actionType: 'record',
  component: false,
  before: rememberOwnPassword,
  handler: async (request, _response, context) => {
    const entry = context.record as BaseRecord;
    const version = VERSIONS.find((one) => one === request.payload?.version);
    const answer = (message: string, type: 'success' | 'error' | 'info', options?: object) => ({
      record: entry.toJSON(context.currentAdmin),
      notice: { message, type, resourceId: context.resource.id(), ...(options && { options }) },
    });
    if (request.method !== 'post' || !version) return { record: entry.toJSON(context.currentAdmin) };
    const target = targetOf(entry, context);
    const current = await target?.findOne(entry.params.record_id, context);
    if (!target || !current) return answer('cannotRestoreDeleted', 'error');
    const edit = target.decorate().actions.edit;
    if (!edit?.isAccessible(context.currentAdmin, current)) return answer('forbiddenError', 'error');
    const fields = fieldsOf(entry, version, target);
    if (Object.keys(fields).length === 0) return answer('nothingToRestore', 'error');
    if (isUnchanged(current, fields)) return answer('alreadyRestored', 'info');
    try {
      await actingAs({ ...(acting() as Acting), restoredId: Number(entry.id()) }, () =>
        target.update(entry.params.record_id, fields, { ...context, resource: target, action: edit }),
      );
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      // The entry's page asks for it.
      const { [OWN_PASSWORD]: fault } = error.propertyErrors;
      if (fault) entry.errors = { [OWN_PASSWORD]: fault };
      return answer('cannotRestore', 'error', { faults: messagesOf(error) });
    }
    return answer('restored', 'success');
  },
};

/** The resource of the entry's record, or null if the panel has none. */
function targetOf(entry: BaseRecord, { _admin }: ActionContext): PanelResource | null {
  const target = _admin.resources.find((resource) => resource.decorate().id() === entry.params.resource);
  return target instanceof PanelResource ? target : null;
}

/** A version's fields that a form can write. The log holds no others that could be restored, and no password. */
function fieldsOf(entry: BaseRecord, version: Version, target: PanelResource): Record<string, unknown> {
  const changes = Object.entries(JSON.parse(String(entry.params.changes)) as Record<string, Change>);
  const restorable = changes.filter(
    ([field, change]) => Object.hasOwn(change, version) && target.isWritable(field),
  );
  return Object.fromEntries(restorable.map(([field, change]) => [field, change[version]]));
}

function isUnchanged(current: BaseRecord, fields: Record<string, unknown>): boolean {
  return Object.entries(fields).every(([field, value]) => (current.params[field] ?? null) === textOf(value));
}

/** A value as a record of the panel has it. */
function textOf(value: unknown): unknown {
  return Array.isArray(value) ? value.join('\n') : value;
}

function messagesOf({ propertyErrors }: ValidationError): string {
  return [...new Set(Object.values(propertyErrors).map(({ message }) => message))].join(' ');
}
