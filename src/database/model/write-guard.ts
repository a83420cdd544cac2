import { sequelize } from '../database.js';
import { AsyncScope } from '../async-scope.js';

/** The tables that ratings and counts depend on, and the audit log. Only their models may write them. */
const GUARDED: ReadonlyMap<string, string> = new Map([
  ['reviews', 'Review'],
  ['review_reports', 'ReviewReport'],
  ['helpful_votes', 'HelpfulVote'],
  ['member_ratings', 'Review'],
  ['watch_lists', 'WatchList'],
  ['users', 'User'],
  ['stream_platforms', 'StreamPlatform'],
  ['audit_log', 'AuditEntry'],
]);

/** The writing methods of Sequelize's query interface, with the position of their table argument. */
const WRITERS = {
  insert: 1,
  update: 1,
  delete: 1,
  increment: 1,
  decrement: 1,
  upsert: 0,
  bulkInsert: 0,
  bulkUpdate: 0,
  bulkDelete: 0,
  dropTable: 0,
} as const;

const writes = new AsyncScope<true>();

/** Runs a model's own write; only these may reach the guarded tables. */
export function throughModel<T>(write: () => Promise<T>): Promise<T> {
  return writes.run(true, write);
}

function guard(name: keyof typeof WRITERS): void {
  const queryInterface = sequelize.getQueryInterface() as unknown as Record<
    string,
    (...args: unknown[]) => Promise<unknown>
  >;
  const original = queryInterface[name] as (...args: unknown[]) => Promise<unknown>;
  queryInterface[name] = async function guarded(...args) {
    const given = args[WRITERS[name]] as string | { tableName: string };
    const table = typeof given === 'string' ? given : given.tableName;
    const model = GUARDED.get(table);
    if (model && !writes.get()) {
      throw new Error(`${name} on ${table} would pass by the hooks: call the model ${model}`);
    }
    return original.apply(this, args);
  };
}

for (const name of Object.keys(WRITERS)) guard(name as keyof typeof WRITERS);
