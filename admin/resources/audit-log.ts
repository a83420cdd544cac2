import type { BaseRecord, Filter, ResourceWithOptions } from 'adminjs';
import type { Model, ModelStatic } from 'sequelize';
import { DOORS } from '../../src/audit/acting-as.js';
import { AUDITED_ACTIONS, AuditEntry, type Change } from '../../src/audit/audit-entry.js';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';
import { can } from '../../src/policies/policies.js';
import { actionsFor } from '../actions/standard-actions.js';
import { components } from '../components.js';
import { restore } from './restore-action.js';
import { type Context, PanelResource } from '../adapter/panel-resource.js';

const AUDITED: readonly ModelStatic<Model>[] = [StreamPlatform, WatchList, Review, User];

/** The attributes that name another record, and what that is called. */
const REFERENCES: Record<string, { model: ModelStatic<Model>; title: string }> = {
  platform_id: { model: StreamPlatform, title: 'name' },
  watchlist_id: { model: WatchList, title: 'title' },
  user_id: { model: User, title: 'username' },
};

const WHO = ['actor', 'actor_role', 'door', 'address', 'request_id', 'actor_id'];
const WHAT = ['action', 'resource', 'record_id', 'record_title', 'changes', 'cascaded', 'restored_id'];

/** The audit log in the panel: to be read, by admins. */
class AuditResource extends PanelResource<AuditEntry> {
  override async find(
    filter: Filter,
    options: Parameters<PanelResource['find']>[1],
    context?: Context,
  ): Promise<BaseRecord[]> {
    return markExisting(await super.find(filter, options, context));
  }

  override async findOne(id: unknown, context?: Context): Promise<BaseRecord | null> {
    const entry = await super.findOne(id, context);
    if (!entry) return null;
    await markExisting([entry]);
    entry.params.names = JSON.stringify(await namesIn(changesOf(entry)));
    return entry;
  }
}

/** The changes that an entry tells of, by field. */
function changesOf(entry: BaseRecord): Record<string, Change> {
  return JSON.parse(String(entry.params.changes)) as Record<string, Change>;
}

/** Marks the entries whose records still exist, in a query for each resource. */
async function markExisting(entries: BaseRecord[]): Promise<BaseRecord[]> {
  for (const model of AUDITED) {
    const about = entries.filter(({ params }) => params.resource === model.tableName);
    const ids = [...new Set(about.map(({ params }) => Number(params.record_id)))];
    if (ids.length === 0) continue;
    const found = await model.findAll({ attributes: ['id'], where: { id: ids } });
    const existing = new Set(found.map((record) => record.get('id') as number));
    for (const entry of about) entry.params.exists = existing.has(Number(entry.params.record_id));
  }
  return entries;
}

/** What the records that the changes name are called now, by attribute and id. */
async function namesIn(changes: Record<string, Change>): Promise<Record<string, Record<string, string>>> {
  const names: Record<string, Record<string, string>> = {};
  for (const [attribute, { before, after }] of Object.entries(changes)) {
    const reference = REFERENCES[attribute];
    if (!reference) continue;
    const { model, title } = reference;
    const ids = [before, after].filter((id) => typeof id === 'number');
    const found = await model.findAll({ attributes: ['id', title], where: { id: ids } });
    names[attribute] = Object.fromEntries(
      found.map((record) => [record.get('id') as number, String(record.get(title))]),
    );
  }
  return names;
}

const values = (some: readonly string[]) => some.map((value) => ({ value, label: value }));

export const auditLog: ResourceWithOptions = {
  resource: new AuditResource(AuditEntry, {
    readable: ['id', 'created', ...WHO, ...WHAT],
    writable: [],
    whole: ['actor', 'action', 'resource', 'door', 'address'],
  }),
  options: {
    navigation: { name: null, icon: 'Clock' },
    sort: { sortBy: 'created', direction: 'desc' },
    titleProperty: 'id',
    listProperties: ['created', 'actor', 'action', 'record_title', 'changes', 'door', 'address'],
    showProperties: ['id'],
    filterProperties: ['created', 'actor', 'action', 'resource', 'record_id', 'door', 'address'],
    properties: {
      action: { availableValues: values(AUDITED_ACTIONS) },
      door: { availableValues: values(DOORS) },
      resource: { availableValues: values(AUDITED.map(({ tableName }) => tableName)) },
      record_title: { isSortable: false, components: { list: components.AuditRecord } },
      changes: { type: 'string', isSortable: false, components: { list: components.AuditFields } },
    },
    actions: auditActions(),
  },
};

function auditActions() {
  const { history: _history, ...actions } = actionsFor({
    read: (actor) => can(actor, 'read', 'audit'),
    create: (actor) => can(actor, 'create', 'audit'),
    update: (actor) => can(actor, 'update', 'audit'),
    delete: (actor) => can(actor, 'delete', 'audit'),
  });
  return {
    ...actions,
    show: { ...actions.show, component: components.AuditEntry },
    restore: { ...restore, isAccessible: actions.show.isAccessible, isVisible: false },
  };
}
