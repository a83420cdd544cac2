import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, createReadStream, createWriteStream, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { clientSettings } from '../addresses/database.js';
import { BackupError, writeWhole } from './backup.js';

/** The programs that dump a database and those that read a dump, the first that is installed counts. */
const DUMPERS = ['mariadb-dump', 'mysqldump'];
const CLIENTS = ['mariadb', 'mysql'];

const CHARSET = '--default-character-set=utf8mb4';
const DUMP = ['--single-transaction', '--quick', '--hex-blob', '--no-tablespaces', CHARSET];

/** What only MySQL's program knows. Without them it asks MariaDB for what it has not. */
const MYSQLS_OWN = ['--set-gtid-purged=OFF', '--loose-column-statistics=0'];

/**
 * A dump may name another database, such as the one that it was made of, and commands of the system: `--one-database` passes over the
 * first, and these refuse the second, where the program is new enough to know them.
 */
const MARIADBS_SAFE = '--loose-sandbox';
const MYSQLS_SAFE = '--loose-skip-system-command';

/** A program that is installed, and whether it is MariaDB's, whose options for TLS differ. */
interface Program {
  name: string;
  isMariadb: boolean;
}

/** Those of the programs that are installed. */
function installed(names: string[]): Program[] {
  return names.flatMap((name) => {
    try {
      const version = execFileSync(name, ['--version'], { encoding: 'utf8', stdio: 'pipe' });
      return [{ name, isMariadb: /mariadb/i.test(version) }];
    } catch {
      return [];
    }
  });
}

/** Whether a program is installed that dumps a database. */
export function canDump(): boolean {
  return installed(DUMPERS).length > 0;
}

/**
 * The program that dumps a server's databases: one of its own kind, or for MariaDB any.
 * @throws {BackupError} where there is none
 */
function dumperOf(server: { isMariadb: boolean }): Program {
  const programs = installed(DUMPERS);
  const own = programs.find(({ isMariadb }) => isMariadb === server.isMariadb);
  if (own) return own;
  const [other] = programs;
  if (!other) throw new BackupError(`None of ${DUMPERS.join(', ')} is installed`);
  if (server.isMariadb) return other;
  throw new BackupError(
    `The server is MySQL, and ${other.name} here is MariaDB's: it writes values of generated columns, which MySQL refuses ` +
      'when the dump is restored. Install mysqldump of MySQL, in Debian and Ubuntu the package mysql-client of MySQL',
  );
}

/**
 * Starts a program with the user, the password and TLS of an address. It reads them from a file that has lost its name
 * before anything is in it: no argument shows them, and a kill leaves nothing behind.
 */
function start(
  program: Program,
  address: string,
  args: string[],
  stdio: ['ignore' | 'pipe', 'ignore' | 'pipe'],
  signal?: AbortSignal,
) {
  const path = join(tmpdir(), `.marquee-${randomBytes(12).toString('hex')}`);
  const settings = openSync(path, 'wx+', 0o600);
  try {
    rmSync(path);
    writeSync(settings, clientSettings(address, program));
    return spawn(program.name, ['--defaults-file=/dev/fd/3', ...args], {
      stdio: [...stdio, 'pipe', settings],
      ...(signal && { signal }),
    });
  } finally {
    closeSync(settings);
  }
}

/** Waits for a program's end. */
async function ended(child: ChildProcess, name: string): Promise<void> {
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => {
      const why = complaint.trim() || `it ended with ${code ?? signal}`;
      if (code === 0) resolve();
      else reject(new BackupError(`${name} failed: ${why}`));
    });
  });
}

/**
 * Dumps a MySQL or MariaDB database, as it is at one moment, into a file that only its owner can read and that appears
 * under its name when it is whole. One whose name ends in `.gz` is compressed.
 * @throws {BackupError} where no fitting program is installed or it fails
 */
export async function dump(
  { url, database, isMariadb }: { url: string; database: string; isMariadb: boolean },
  target: string,
  options: { overwrite: boolean },
): Promise<void> {
  const program = dumperOf({ isMariadb });
  const own = program.isMariadb ? [] : MYSQLS_OWN;
  await writeWhole(target, options, async (draft) => {
    const child = start(program, url, [...DUMP, ...own, database], ['ignore', 'pipe']);
    const kill = () => child.kill();
    process.once('exit', kill);
    try {
      const file = createWriteStream(draft, { flags: 'r+' });
      const output = child.stdout as NonNullable<typeof child.stdout>;
      const written = target.endsWith('.gz') ? pipeline(output, createGzip(), file) : pipeline(output, file);
      await Promise.all([written, ended(child, program.name)]);
    } finally {
      kill();
      process.off('exit', kill);
    }
  });
}

/**
 * Reads a dump into an empty database, and what it says of other databases into none.
 * @param signal ends it early
 * @throws {BackupError} where no program is installed, or it refuses the dump
 */
export async function restore(
  { url, database }: { url: string; database: string },
  file: string,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const [program] = installed(CLIENTS);
  if (!program) throw new BackupError(`None of ${CLIENTS.join(', ')} is installed`);
  const safe = program.isMariadb ? MARIADBS_SAFE : MYSQLS_SAFE;
  const child = start(program, url, [CHARSET, '--one-database', safe, database], ['pipe', 'ignore'], signal);
  const input = child.stdin as NonNullable<typeof child.stdin>;
  const source = createReadStream(file);
  const read = file.endsWith('.gz') ? pipeline(source, createGunzip(), input) : pipeline(source, input);
  const done = ended(child, program.name);
  // A program that refuses closes its input: its own words say why.
  const [fed, end] = await Promise.allSettled([read, done]);
  if (end.status === 'rejected') throw end.reason;
  if (fed.status === 'rejected') throw new BackupError(`${file} cannot be read: ${String(fed.reason)}`);
}
