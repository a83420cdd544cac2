import type { Model, ModelStatic } from 'sequelize';
import { acting, type Acting } from './acting-as.js';
import { AuditEntry, type AuditedAction, type Change, RECORD_TITLE_MAX } from './audit-entry.js';

/** How a model's records stand in the audit log. */
export interface Audited {
  /** The attribute whose text tells a reader which record it is. */
  title: string;
  /** Attributes that are left out: those that follow from others, or are no act of staff. */
  without?: readonly string[];
}

/** Attributes of such names are never written down, whatever model they are of. */
const SECRET = /passw|secret|token|hash|(^|_)key$/i;

type Values = Record<string, unknown>;

/** A record as the database has it. */
interface Snapshot {
  values: Values;
  /** What tells whether the password was changed; it never leaves the process. */
  password: unknown;
  title: string;
}

const known = new Map<ModelStatic<Model>, { options: Audited; attributes: string[] }>();

/** Each record as it was before the write that is under way. */
const before = new WeakMap<Model, Snapshot | null>();

/** What goes along with the records that are being deleted. */
const goingAlong = new WeakMap<Model, Record<string, number>>();

/**
 * Audits a model: whatever is created, changed or deleted on someone's behalf (`actingAs`) gets an entry in the same
 * transaction. To be called after the model's own hooks are added, since they take the locks that come first.
 */
export function audit(model: ModelStatic<Model>, options: Audited): void {
  const left = new Set(['id', 'search_text', ...(options.without ?? [])]);
  const attributes = Object.keys(model.getAttributes()).filter(
    (name) => !left.has(name) && !SECRET.test(name),
  );
  known.set(model, { options, attributes });
  model.addHook('beforeUpdate', 'audit', remember);
  model.addHook('beforeDestroy', 'audit', remember);
  model.addHook('afterCreate', 'audit', async (record) => {
    const who = acting();
    if (who) await put(who, [entryOf(who, record, 'create', null, await snapshot(record))]);
  });
  model.addHook('afterBulkCreate', 'audit', async (records) => {
    const who = acting();
    // An import may bring more than anyone would read: one entry for each of its statements tells how many.
    const counts = { [model.tableName]: (records as Model[]).length };
    if (who) await put(who, [row(who, model.tableName, 0, 'import', '', {}, counts)]);
  });
  model.addHook('afterUpdate', 'audit', async (record) => {
    const who = acting();
    const was = before.get(record);
    if (who && was) await put(who, updates(who, record, was, await snapshot(record)));
  });
  model.addHook('afterDestroy', 'audit', async (record) => {
    const who = acting();
    const was = before.get(record);
    if (who && was) await put(who, [entryOf(who, record, 'delete', was, null)]);
  });
}

/** Notes how many rows of other tables a record takes along, for the entry of its deletion. */
export function noteCascade(record: Model, counts: Record<string, number>): void {
  goingAlong.set(record, counts);
}

/**
 * Writes an entry about what is no field of a record, such as the end of a user's logins, where it is done on someone's
 * behalf. To be called in the transaction of the deed.
 * @param counts how many rows of which tables it took
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

/** Locks only the row that is written next: those that go before it are locked already. */
async function remember(record: Model): Promise<void> {
  if (acting()) before.set(record, await snapshot(record, { lock: true }));
}

function subjectOf(record: Model) {
  const model = record.constructor as ModelStatic<Model>;
  const { options, attributes } = known.get(model) as { options: Audited; attributes: string[] };
  return { model, options, attributes };
}

function idOf(record: Model): number {
  return record.get('id') as number;
}

/** The record as it is stored: one in memory may be older, or have been loaded in part. */
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
  const counts = action === 'delete' ? goingAlong.get(record) : undefined;
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

/** Staff who use the API as anybody does, for a review of their own, act as users and not as staff. */
function isOwn(who: Acting, owner: unknown): boolean {
  return who.door === 'api' && who.id !== null && owner === who.id;
}

async function put(who: Acting, entries: (ReturnType<typeof row> & { owner?: unknown })[]): Promise<void> {
  const rows = entries.filter(({ owner }) => !isOwn(who, owner)).map(({ owner: _owner, ...entry }) => entry);
  if (rows.length > 0) await AuditEntry.bulkCreate(rows);
}
