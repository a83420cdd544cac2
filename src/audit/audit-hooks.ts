import type { Model, ModelStatic } from 'sequelize';
import { acting, type Acting } from './acting-as.js';
import { AuditEntry, type AuditedAction, type Change, RECORD_TITLE_MAX } from './audit-entry.js';

/** How a model is audited. */
export interface Audited {
  /** The attribute that identifies a record to a reader. */
  title: string;
  /** Attributes to leave out: derived ones, and those that staff do not change. */
  without?: readonly string[];
}

/** Attributes with such names are never recorded, in any model. */
const SECRET = /passw|secret|token|hash|(^|_)key$/i;

type Values = Record<string, unknown>;

/** A record as stored in the database. */
interface Snapshot {
  values: Values;
  /** The hash, to tell whether the password was changed; it is not recorded. */
  password: unknown;
  title: string;
}

const audited = new Map<ModelStatic<Model>, { options: Audited; attributes: string[] }>();

/** The stored state of each record before the running write. */
const snapshotsBefore = new WeakMap<Model, Snapshot | null>();

/** The cascades of the records that are being deleted. */
const cascades = new WeakMap<Model, Record<string, number>>();

/**
 * Audits a model: each record created, changed or deleted on behalf of an actor (`actingAs`) gets an entry in the same
 * transaction. Call it after the model's own hooks are added, since they take the locks that come first.
 */
export function audit(model: ModelStatic<Model>, options: Audited): void {
  const excluded = new Set(['id', 'search_text', ...(options.without ?? [])]);
  const attributes = Object.keys(model.getAttributes()).filter(
    (name) => !excluded.has(name) && !SECRET.test(name),
  );
  audited.set(model, { options, attributes });
  model.addHook('beforeUpdate', 'audit', remember);
  model.addHook('beforeDestroy', 'audit', remember);
  model.addHook('afterCreate', 'audit', async (record) => {
    const who = acting();
    if (who) await put(who, [entryOf(who, record, 'create', null, await snapshot(record))]);
  });
  model.addHook('afterBulkCreate', 'audit', async (records) => {
    await auditImport(model, (records as Model[]).length);
  });
  model.addHook('afterUpdate', 'audit', async (record) => {
    const who = acting();
    const was = snapshotsBefore.get(record);
    if (who && was) await put(who, updates(who, record, was, await snapshot(record)));
  });
  model.addHook('afterDestroy', 'audit', async (record) => {
    const who = acting();
    const was = snapshotsBefore.get(record);
    if (who && was) await put(who, [entryOf(who, record, 'delete', was, null)]);
  });
}

/**
 * Writes an entry about records that one statement has created or changed, if there is an actor. An import may have too
 * many records for an entry each: the entry has their number.
 */
export async function auditImport(model: ModelStatic<Model>, records: number): Promise<void> {
  const who = acting();
  const counts = { [model.tableName]: records };
  if (who) await put(who, [row(who, model.tableName, 0, 'import', '', {}, counts)]);
}

/**
 * Writes an entry about records that an actor takes along, if there is one.
 * @param resource what they are of
 * @param title the form and the choice of records
 */
export async function auditExport(resource: string, title: string): Promise<void> {
  const who = acting();
  if (who) await put(who, [row(who, resource, 0, 'export', title.slice(0, RECORD_TITLE_MAX), {})]);
}

/** Notes the rows that a record's deletion cascades to, by table, for its entry. */
export function noteCascade(record: Model, counts: Record<string, number>): void {
  cascades.set(record, counts);
}

/**
 * Writes an entry about an action that changes no field of a record, such as ending a user's logins, if there is an actor.
 * Call it in the transaction of the action.
 * @param counts the number of affected rows, by table
 */
export async function auditAction(
  action: AuditedAction,
  record: Model,
  counts: Record<string, number>,
): Promise<void> {
  const who = acting();
  const { model } = subjectOf(record);
  if (who)
    await put(who, [row(who, model.tableName, idOf(record), action, inMemory(record).title, {}, counts)]);
}

/** Takes the snapshot before a write. It locks only the row that is written next; those before it are locked already. */
async function remember(record: Model): Promise<void> {
  if (acting()) snapshotsBefore.set(record, await snapshot(record, { lock: true }));
}

function subjectOf(record: Model) {
  const model = record.constructor as ModelStatic<Model>;
  const { options, attributes } = audited.get(model) as { options: Audited; attributes: string[] };
  return { model, options, attributes };
}

function idOf(record: Model): number {
  return record.get('id') as number;
}

/** Reads the record from the database: the one in memory may be stale or partial. */
async function snapshot(record: Model, { lock = false } = {}): Promise<Snapshot | null> {
  const { model } = subjectOf(record);
  const stored = await model.findByPk(idOf(record), { lock });
  return stored && inMemory(stored);
}

function inMemory(record: Model): Snapshot {
  const { options, attributes } = subjectOf(record);
  return {
    values: Object.fromEntries(attributes.map((name) => [name, record.get(name) ?? null])),
    password: record.get('password'),
    title: [...((record.get(options.title) as string | null) ?? '')].slice(0, RECORD_TITLE_MAX).join(''),
  };
}

function updates(who: Acting, record: Model, was: Snapshot, is: Snapshot | null) {
  if (!is) return [];
  const entry = entryOf(who, record, who.restoredId === undefined ? 'update' : 'restore', was, is);
  const password = entryOf(who, record, 'password', is, is);
  return [...(entry.changes === '{}' ? [] : [entry]), ...(was.password === is.password ? [] : [password])];
}

function entryOf(
  who: Acting,
  record: Model,
  action: AuditedAction,
  was: Snapshot | null,
  is: Snapshot | null,
) {
  const { model, attributes } = subjectOf(record);
  const changes: Record<string, Change> = {};
  for (const name of attributes) {
    const [from, to] = [was?.values[name], is?.values[name]];
    if (JSON.stringify(from) === JSON.stringify(to)) continue;
    changes[name] = { ...(was && { before: from }), ...(is && { after: to }) } as Change;
  }
  const title = (is ?? was)?.title ?? '';
  const counts = action === 'delete' ? cascades.get(record) : undefined;
  const owner = (was ?? is)?.values.user_id;
  return { ...row(who, model.tableName, idOf(record), action, title, changes, counts), owner };
}

function row(
  who: Acting,
  resource: string,
  record_id: number,
  action: AuditedAction,
  record_title: string,
  changes: Record<string, Change>,
  counts: Record<string, number> = {},
) {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return {
    actor_id: who.id,
    actor: who.name,
    actor_role: who.role,
    door: who.door,
    address: who.address,
    request_id: who.requestId,
    action,
    resource,
    record_id,
    record_title,
    changes: JSON.stringify(changes),
    cascaded: some.length > 0 ? JSON.stringify(Object.fromEntries(some)) : null,
    restored_id: who.restoredId ?? null,
  };
}

/** Whether it is the actor's own review, changed through the API: staff then act as users, which is not audited. */
function isOwn(who: Acting, owner: unknown): boolean {
  return (who.door === 'api' || who.door === 'site') && who.id !== null && owner === who.id;
}

async function put(who: Acting, entries: (ReturnType<typeof row> & { owner?: unknown })[]): Promise<void> {
  const rows = entries.filter(({ owner }) => !isOwn(who, owner)).map(({ owner: _owner, ...entry }) => entry);
  if (rows.length > 0) await AuditEntry.bulkCreate(rows);
}
