import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { freePort, pause } from '../support/processes.js';
import type { ScratchDatabase } from '../support/scratch-database.js';

/** How long a server may take to come up, in milliseconds. */
const PATIENCE_MS = 40_000;

/** The database that each server is made with. */
const DATABASE = 'marquee';

/** Options for a small server that starts quickly. Commits survive the process, but not a power cut. */
const SMALL = [
  '--innodb-buffer-pool-size=64M',
  '--innodb-log-file-size=32M',
  '--innodb-flush-log-at-trx-commit=2',
  '--skip-name-resolve',
  '--performance-schema=0',
  '--max-connections=300',
];

/** The reason why no MariaDB server can be started here; null where one can. */
export function missingServer(): string | null {
  for (const command of ['mariadbd', 'mariadb-install-db']) {
    try {
      execFileSync(command, ['--no-defaults', '--help'], { stdio: 'ignore' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return `${command} is not installed`;
    }
  }
  return null;
}

/** A folder with the files of a new server. Other servers start from a copy: installing takes seconds. */
let template: Promise<string> | undefined;

async function install(): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'marquee-mariadb-template-')), 'data');
  await promisify(execFile)('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${folder}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...asRoot(),
  ]);
  return folder;
}

function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

/** A MariaDB server for a test, on its own port, with its files in a temporary folder. */
export class MariaDb implements ScratchDatabase {
  #child: ChildProcess | null = null;
  #log = '';

  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly options: string[],
  ) {}

  /**
   * Makes a server's files; it does not run yet.
   * @param options further options of `mariadbd`, from its port
   */
  static async create(options: (port: number) => string[] = () => []): Promise<MariaDb> {
    const files = await (template ??= install());
    const folder = await mkdtemp(join(tmpdir(), 'marquee-mariadb-'));
    await cp(files, join(folder, 'data'), { recursive: true });
    await mkdir(join(folder, 'tmp'));
    const port = await freePort();
    return new MariaDb(folder, port, options(port));
  }

  /** The address of its database, as `DATABASE_URL` takes it. */
  get url(): string {
    return `mysql://root@127.0.0.1:${this.port}/${DATABASE}`;
  }

  readonly name = DATABASE;

  /** What it has logged so far. */
  get log(): string {
    return this.#log;
  }

  /**
   * Starts it and waits until it answers; makes its database where there is none.
   * @param once further options for this start
   */
  async start(...once: string[]): Promise<this> {
    this.launch(...once);
    await this.answers();
    const [there] = await this.query(`SHOW DATABASES LIKE '${DATABASE}'`);
    // A replica must not write anything itself.
    if (!there) await this.query(`CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4`);
    return this;
  }

  /** Starts it without waiting. */
  launch(...once: string[]): void {
    const child = spawn(
      'mariadbd',
      [
        '--no-defaults',
        `--datadir=${join(this.folder, 'data')}`,
        `--tmpdir=${join(this.folder, 'tmp')}`,
        `--socket=${join(this.folder, 's.sock')}`,
        `--pid-file=${join(this.folder, 'server.pid')}`,
        `--port=${this.port}`,
        '--bind-address=127.0.0.1',
        ...asRoot(),
        ...SMALL,
        ...this.options,
        ...once,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => {
        this.#log += text.toString();
      });
    this.#child = child;
  }

  /** Waits until it accepts statements. */
  async answers(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        await this.query('SELECT 1 FROM mysql.db LIMIT 1', { database: 'mysql' });
        return;
      } catch (error) {
        if (Date.now() > deadline || this.#child?.exitCode !== null) {
          throw new Error(`MariaDB did not start: ${String(error)}\n${this.#log.slice(-4_000)}`, {
            cause: error,
          });
        }
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }

  /** Runs a statement on a new connection. */
  async query<R extends object = Record<string, unknown>>(
    sql: string,
    { database }: { database?: string } = {},
  ): Promise<R[]> {
    const connection = await mysql.createConnection({
      host: '127.0.0.1',
      port: this.port,
      user: 'root',
      connectTimeout: 2_000,
      multipleStatements: true,
      ...(database && { database }),
    });
    try {
      const [rows] = await connection.query<RowDataPacket[]>(sql);
      return rows as unknown as R[];
    } finally {
      connection.destroy();
    }
  }

  /** Rows of a query on its database. */
  rows<R extends object>(sql: string): Promise<R[]> {
    return this.query<R>(sql, { database: DATABASE });
  }

  async write(sql: string): Promise<void> {
    await this.rows(sql);
  }

  /** Kills it without a chance to clean up. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Suspends it: it accepts connections and answers nothing. */
  async pause(): Promise<void> {
    if (this.#child) await pause(this.#child);
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Kills it and removes its files. */
  async close(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
