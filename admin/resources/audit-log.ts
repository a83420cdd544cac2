import type { BaseRecord, Filter, ResourceWithOptions } from 'adminjs';
import { type Model, type ModelStatic, Op, type WhereOptions } from 'sequelize';
import { DOORS } from '../../src/audit/acting-as.js';
import { AUDITED_ACTIONS, AuditEntry, type Change } from '../../src/audit/audit-entry.js';
import { Genre } from '../../src/models/genre.js';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';
import { can } from '../../src/policies/policies.js';
import { standardActions } from '../actions/standard-actions.js';
import { contains } from '../adapter/filters.js';
import { PanelResource } from '../adapter/panel-resource.js';
import type { Context } from '../adapter/read-resource.js';
import { withSearchBox } from '../adapter/searchable-resource.js';
import { components } from '../components.js';
import { restoreAction } from './restore-action.js';

const AUDITED: readonly ModelStatic<Model>[] = [StreamPlatform, WatchList, Genre, Review, User];

/** The foreign keys in changes, each with its model and the attribute that is the record's title. */
const REFERENCES: Record<string, { model: ModelStatic<Model>; title: string }> = {
  platform_id: { model: StreamPlatform, title: 'name' },
  watchlist_id: { model: WatchList, title: 'title' },
  user_id: { model: User, title: 'username' },
};

const ACTOR = ['actor', 'actor_role', 'door', 'address', 'request_id', 'actor_id'];
const CHANGE = ['action', 'resource', 'record_id', 'record_title', 'changes', 'cascaded', 'restored_id'];

/** The audit log in the panel, read-only and for admins. */
class AuditResource extends PanelResource<AuditEntry> {
  /** The search box finds a part of the record's title or of who it was. */
  protected override async customFilter(path: string, value: unknown): Promise<WhereOptions | null> {
    if (path !== 'search' || typeof value !== 'string' || value.trim() === '') return null;
    const of = (name: string) => contains(name, value.trim(), { model: 'AuditEntry' });
    return { [Op.or]: [of('record_title'), of('actor')] };
  }

  override async find(
    filter: Filter,
    options: Parameters<PanelResource['find']>[1],
    context?: Context,
  ): Promise<BaseRecord[]> {
    return addExists(await super.find(filter, options, context));
  }

  override async findOne(id: unknown, context?: Context): Promise<BaseRecord | null> {
    const entry = await super.findOne(id, context);
    if (!entry) return null;
    await addExists([entry]);
    entry.params.names = JSON.stringify(await titlesIn(changesOf(entry)));
    return entry;
  }
}

/** An entry's changes by field. */
function changesOf(entry: BaseRecord): Record<string, Change> {
  return JSON.parse(String(entry.params.changes)) as Record<string, Change>;
}

/** Adds to each entry whether its record still exists, by one query a resource. */
async function addExists(entries: BaseRecord[]): Promise<BaseRecord[]> {
  for (const model of AUDITED) {
    const entriesOfModel = entries.filter(({ params }) => params.resource === model.tableName);
    const ids = [...new Set(entriesOfModel.map(({ params }) => Number(params.record_id)))];
    if (ids.length === 0) continue;
    const records = await model.findAll({ attributes: ['id'], where: { id: ids } });
    const existing = new Set(records.map((record) => record.get('id') as number));
    for (const entry of entriesOfModel) entry.params.exists = existing.has(Number(entry.params.record_id));
  }
  return entries;
}

/** The current titles of the records that foreign keys in the changes refer to, by attribute and id. */
async function titlesIn(changes: Record<string, Change>): Promise<Record<string, Record<string, string>>> {
  const titles: Record<string, Record<string, string>> = {};
  for (const [attribute, { before, after }] of Object.entries(changes)) {
    const reference = REFERENCES[attribute];
    if (!reference) continue;
    const { model, title } = reference;
    const ids = [before, after].filter((id) => typeof id === 'number');
    const records = await model.findAll({ attributes: ['id', title], where: { id: ids } });
    titles[attribute] = Object.fromEntries(
      records.map((record) => [record.get('id') as number, String(record.get(title))]),
    );
  }
  return titles;
}

const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

export const auditLog: ResourceWithOptions = {
  resource: new AuditResource(AuditEntry, {
    readable: ['id', 'created', ...ACTOR, ...CHANGE],
    writable: [],
    exactMatch: ['actor', 'action', 'resource', 'door', 'address'],
  }),
  options: {
    navigation: { name: null, icon: 'Clock' },
    sort: { sortBy: 'created', direction: 'desc' },
    titleProperty: 'id',
    listProperties: ['created', 'actor', 'action', 'record_title', 'changes', 'door', 'address'],
    showProperties: ['id'],
    filterProperties: ['created', 'actor', 'action', 'resource', 'record_id', 'door', 'address'],
    properties: {
      created: { custom: { opensRecord: true } },
      action: { availableValues: options(AUDITED_ACTIONS) },
      door: { availableValues: options(DOORS) },
      resource: { availableValues: options(AUDITED.map(({ tableName }) => tableName)) },
      record_title: { isSortable: false, components: { list: components.AuditRecordLink } },
      changes: { type: 'string', isSortable: false, components: { list: components.AuditChangedFields } },
    },
    actions: auditActions(),
  },
};

function auditActions() {
  const { history: _history, ...actions } = standardActions({
    read: (actor) => can(actor, 'read', 'audit'),
    create: (actor) => can(actor, 'create', 'audit'),
    update: (actor) => can(actor, 'update', 'audit'),
    delete: (actor) => can(actor, 'delete', 'audit'),
  });
  return {
    ...actions,
    list: { ...actions.list, ...withSearchBox },
    show: { ...actions.show, component: components.AuditEntry },
    restore: { ...restoreAction, isAccessible: actions.show.isAccessible, isVisible: false },
  };
}
