import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { QueryTypes, Sequelize } from 'sequelize';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The real data that lies beside the project where it is developed. */
export const SHARED_DATA = join(ROOT, '..', 'shared', 'data');

/** How a command ended and what it said. */
export interface Outcome {
  status: number | null;
  out: string;
  error: string;
}

/** Tables in an order in which they can be emptied. */
const TABLES = [
  'review_reports',
  'reviews',
  'watch_lists',
  'stream_platforms',
  'auth_tokens',
  'sessions',
  'password_resets',
  'idempotency_keys',
  'users',
  'settings',
];

/** The migration of a MySQL database, once for all places. */
let mysqlMigrated: Promise<void> | null = null;

async function migrate(): Promise<void> {
  const cli = join(ROOT, 'node_modules', 'sequelize-cli', 'lib', 'sequelize');
  const child = spawn(process.execPath, [cli, 'db:migrate'], { cwd: ROOT, stdio: 'ignore' });
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (status !== 0) throw new Error('The migrations failed');
}

/** Brings a place to what tests are to begin with. */
export type Preparation = (place: Workplace) => Promise<Outcome>;

/** What makes the tables of an embedded database, and nothing else. */
export const migrated: Preparation = (place) => place.run('ratings', ['verify']);

/** Embedded databases after a preparation, each made once and copied for all places that begin with it. */
const templates = new Map<Preparation, Promise<string>>();

async function makeTemplate(prepare: Preparation): Promise<string> {
  const place = await Workplace.open(prepare === migrated ? undefined : migrated);
  await place.prepare(prepare);
  return place.storage;
}

function templateOf(prepare: Preparation): Promise<string> {
  let template = templates.get(prepare);
  if (!template) templates.set(prepare, (template = makeTemplate(prepare)));
  return template;
}

/** A place to run commands in: an empty database of their own, and a folder for input files. */
export class Workplace {
  private constructor(
    private readonly folder: string,
    private readonly url: string,
    private readonly connection: Sequelize,
  ) {}

  /**
   * Makes one: on MySQL where `DATABASE_URL` names it, whose tables are emptied, else with a fresh embedded database.
   * @param prepare what it is to begin with; without, the embedded database has no tables: each command would make them
   */
  static async open(prepare?: Preparation): Promise<Workplace> {
    const folder = mkdtempSync(join(tmpdir(), 'marquee-commands-'));
    const given = process.env.DATABASE_URL ?? '';
    if (!/^(mysql|mariadb):/.test(given)) {
      const storage = join(folder, 'app.sqlite');
      if (prepare) copyFileSync(await templateOf(prepare), storage);
      return new Workplace(
        folder,
        `sqlite:${storage}`,
        new Sequelize({ dialect: 'sqlite', storage, logging: false }),
      );
    }
    mysqlMigrated ??= migrate();
    await mysqlMigrated;
    const connection = new Sequelize(given, { dialect: 'mysql', logging: false });
    for (const table of TABLES) await connection.query(`DELETE FROM ${table}`);
    const place = new Workplace(folder, given, connection);
    if (prepare && prepare !== migrated) await place.prepare(prepare);
    return place;
  }

  /** Does a preparation. */
  async prepare(prepare: Preparation): Promise<void> {
    const { status, error } = await prepare(this);
    if (status !== 0) throw new Error(error);
  }

  /** The embedded database's file. */
  get storage(): string {
    return join(this.folder, 'app.sqlite');
  }

  /** Runs one of the project's commands to its end. */
  run(
    command: string,
    args: string[],
    { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
  ): Promise<Outcome> {
    const script = join(ROOT, 'dist', 'src', 'commands', `${command}.js`);
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, ...env, DATABASE_URL: this.url },
    });
    const outcome: Outcome = { status: null, out: '', error: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (outcome.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (outcome.error += text));
    child.stdin.end(input);
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve({ ...outcome, status }));
    });
  }

  /** Imports files, given by name and content; those named `.gz` are gzipped. */
  import(format: string, files: Record<string, string | Buffer>): Promise<Outcome> {
    const packed = Object.entries(files).map(
      ([name, content]) => [name, name.endsWith('.gz') ? gzipSync(content) : content] as const,
    );
    return this.importRaw(format, Object.fromEntries(packed));
  }

  /** Imports files as they are. */
  importRaw(format: string, files: Record<string, string | Buffer>): Promise<Outcome> {
    const input = mkdtempSync(join(this.folder, 'input-'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(input, name), content);
    return this.run('import', ['--format', format, input]);
  }

  /** The rows that a query gives. */
  async rows(sql: string): Promise<Record<string, unknown>[]> {
    return this.connection.query(sql, { type: QueryTypes.SELECT });
  }

  /** Changes the database behind the models' back. */
  async write(sql: string): Promise<void> {
    await this.connection.query(sql);
  }

  /** How many rows a table has; 0 where there is no such table yet. */
  async count(table: string): Promise<number> {
    try {
      return Number((await this.rows(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n);
    } catch {
      return 0;
    }
  }

  async close(): Promise<void> {
    await this.connection.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
