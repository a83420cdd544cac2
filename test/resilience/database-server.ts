import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { freePort, pause } from '../support/processes.js';
import type { ScratchDatabase } from '../support/scratch-database.js';
import { asRoot, type Kind, kindUnderTest } from './server-kinds.js';

/** How long a server may take to come up, in milliseconds. */
const PATIENCE_MS = 40_000;

/** The database that each server is made with. */
const DATABASE = 'marquee';

/** The files of a new server of each kind. Other servers start from a copy: installing takes seconds. */
const templates = new Map<Kind, Promise<string>>();

function filesOf(kind: Kind): Promise<string> {
  const known = templates.get(kind);
  if (known) return known;
  const made = mkdtemp(join(tmpdir(), 'marquee-server-template-')).then(async (folder) => {
    await kind.install(join(folder, 'data'));
    return join(folder, 'data');
  });
  templates.set(kind, made);
  return made;
}

/** A MySQL or MariaDB server for a test, on its own port, with its files in a temporary folder. */
export class DatabaseServer implements ScratchDatabase {
  #child: ChildProcess | null = null;
  #log = '';

  private constructor(
    readonly kind: Kind,
    readonly folder: string,
    readonly port: number,
    private readonly options: string[],
  ) {}

  /**
   * Makes a server's files; it does not run yet. It is of the kind that the tests run on.
   * @param options further options, from its port
   */
  static async create(options: (port: number) => string[] = () => []): Promise<DatabaseServer> {
    const kind = await kindUnderTest();
    const files = await filesOf(kind);
    const folder = await mkdtemp(join(tmpdir(), 'marquee-server-'));
    await cp(files, join(folder, 'data'), { recursive: true });
    await mkdir(join(folder, 'tmp'));
    const port = await freePort();
    return new DatabaseServer(kind, folder, port, options(port));
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
      this.kind.program,
      [
        '--no-defaults',
        `--datadir=${join(this.folder, 'data')}`,
        `--tmpdir=${join(this.folder, 'tmp')}`,
        `--socket=${join(this.folder, 's.sock')}`,
        `--pid-file=${join(this.folder, 'server.pid')}`,
        `--port=${this.port}`,
        '--bind-address=127.0.0.1',
        ...asRoot(),
        ...this.kind.small,
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
          throw new Error(`${this.kind.name} did not start: ${String(error)}\n${this.#log.slice(-4_000)}`, {
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
