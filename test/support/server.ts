import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { QueryTypes } from 'sequelize';
import { createApp } from '../../src/app.js';
import { createLimitedServer } from '../../src/http/server.js';
import { config, type Config } from '../../src/config.js';
import type { Database } from '../../src/database/sqlite3.js';
import { dialect } from '../../src/database/connection-options.js';
import { closeDatabase, sequelize } from '../../src/database/database.js';
import { currentTransaction } from '../../src/database/transaction-context.js';
import { transaction } from '../../src/database/transactions.js';
import { noteChange } from '../../src/database/changes.js';
import { migrate } from '../../src/database/migrations.js';
import { INDEX_STATE } from '../../src/search/index-queue.js';

/** A running app. */
export interface Server {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the app on a free port.
 * @param changes settings that differ from the process's configuration
 * @param options.panel whether with the admin panel, which takes seconds to load
 */
export async function startServer(
  changes: Partial<Config> = {},
  { panel = false }: { panel?: boolean } = {},
): Promise<Server> {
  const marquee = await createApp({ config: { ...config, ...changes }, panel });
  const server = createLimitedServer(marquee.listener, marquee.messages);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (panel) await (await fetch(`${url}/admin/login`)).text();
  return {
    url,
    async close() {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
      await marquee.close();
    },
  };
}

/** Runs `work` against an app with another configuration, and stops that app. */
export async function withServer(
  changes: Partial<Config>,
  work: (server: Server) => Promise<void>,
): Promise<void> {
  const server = await startServer(changes);
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

let shared: Server | undefined;
const endings: (() => Promise<unknown>)[] = [];

/** Runs `end` after the last test: for resources that several files share. */
export function atTheEnd(end: () => Promise<unknown>): void {
  endings.push(end);
}

/** The address of the app that all tests share; throttling is off in it. */
export function sharedUrl(): string {
  if (!shared) throw new Error('The app is started by the root hooks: ask within a test');
  return shared.url;
}

/** The tables with rows. Children come before their parents, so that no foreign key is violated. */
export const TABLES = [
  'audit_log',
  'idempotency_keys',
  'import_parts',
  'review_reports',
  'helpful_votes',
  'reviews',
  'member_ratings',
  'saved_movies',
  'watch_list_genres',
  'watch_lists',
  'genres',
  ...(dialect === 'mysql'
    ? ['watch_list_postings', 'watch_list_indexed', 'watch_list_index_queue', 'watch_list_title_words']
    : []),
  'stream_platforms',
  'sessions',
  'auth_tokens',
  'jwt_families',
  'password_resets',
  'recovery_codes',
  'otp_factors',
  'users',
];

const FORGET_INDEX = `DELETE FROM settings WHERE name = '${INDEX_STATE}'`;

/** Empties the tables that have rows. By plain SQL: the models' hooks would update ratings that are deleted too. */
export async function emptyDatabase(): Promise<void> {
  const counts = TABLES.map((table) => `EXISTS (SELECT 1 FROM ${table}) AS ${table}`);
  const [filled = {}] = await sequelize.query<Record<string, number>>(`SELECT ${counts.join(', ')}`, {
    type: QueryTypes.SELECT,
  });
  const dirty = TABLES.filter((table) => filled[table]);
  if (dirty.length === 0) return;
  const statements = [...dirty.map((table) => `DELETE FROM ${table}`), FORGET_INDEX];
  await transaction(async () => {
    noteChange('everything');
    if (dialect === 'sqlite') await inOne(statements);
    else for (const sql of statements) await sequelize.query(sql);
  });
}

/** Sends statements together on the open transaction's SQLite connection: one round trip to the driver's thread. */
async function inOne(statements: string[]): Promise<void> {
  const { connection } = currentTransaction() as unknown as { connection: Database };
  await promisify((done: (error: Error | null) => void) => connection.exec(statements.join(';'), done))();
}

/** mocha's root hooks: one app for all tests, an empty database for each. */
export const mochaHooks = {
  async beforeAll() {
    if (process.env.NODE_ENV !== 'test') {
      throw new Error('Run the tests by `npm test`: they empty the database that they are started with');
    }
    // Imported here because processes that tests start use this module too, and do not need the document.
    (await import('./checked-fetch.js')).checkEveryAnswer();
    await migrate();
    shared = await startServer();
  },
  beforeEach: emptyDatabase,
  async afterAll() {
    for (const end of endings.toReversed()) await end();
    await shared?.close();
    await closeDatabase();
  },
};
