import {
  type Action,
  type ActionContext,
  type BaseRecord,
  type RecordActionResponse,
  ValidationError,
} from 'adminjs';
import { acting, type Acting, actingAs } from '../../src/audit/acting-as.js';
import type { Change } from '../../src/audit/audit-entry.js';
import { PanelResource } from '../adapter/panel-resource.js';

/** The two versions of a record that an entry tells of. */
const VERSIONS = ['before', 'after'] as const;
type Version = (typeof VERSIONS)[number];

/** Puts the fields of an entry back, as they were `before` or `after`: as if somebody had typed them into the form. */
export const restore: Action<RecordActionResponse> = {
  name: 'restore',
  actionType: 'record',
  component: false,
  handler: async (request, _response, context) => {
    const entry = context.record as BaseRecord;
    const version = VERSIONS.find((known) => known === request.payload?.version);
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
    if (isAlready(current, fields)) return answer('alreadyRestored', 'info');
    try {
      await actingAs({ ...(acting() as Acting), restoredId: Number(entry.id()) }, () =>
        target.update(entry.params.record_id, fields, { ...context, resource: target, action: edit }),
      );
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return answer('cannotRestore', 'error', { faults: faultsIn(error) });
    }
    return answer('restored', 'success');
  },
};

function targetOf(entry: BaseRecord, { _admin }: ActionContext): PanelResource | null {
  const found = _admin.resources.find((resource) => resource.decorate().id() === entry.params.resource);
  return found instanceof PanelResource ? found : null;
}

/** The version's fields, of those that a form can write; the log has no others to give back, and no password. */
function fieldsOf(entry: BaseRecord, version: Version, target: PanelResource): Record<string, unknown> {
  const changes = Object.entries(JSON.parse(String(entry.params.changes)) as Record<string, Change>);
  const known = changes.filter(([field, change]) => Object.hasOwn(change, version) && target.takes(field));
  return Object.fromEntries(known.map(([field, change]) => [field, change[version]]));
}

function isAlready(current: BaseRecord, fields: Record<string, unknown>): boolean {
  return Object.entries(fields).every(([field, value]) => (current.params[field] ?? null) === value);
}

function faultsIn({ propertyErrors }: ValidationError): string {
  return [...new Set(Object.values(propertyErrors).map(({ message }) => message))].join(' ');
}
