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

/** A program that is installed, and whether it is MariaDB's, whose options for TLS differ. */
interface Program {
  name: string;
  isMariadb: boolean;
}

/** The first program that is installed; null for none. */
function installed(names: string[]): Program | null {
  for (const name of names) {
    try {
      const version = execFileSync(name, ['--version'], { encoding: 'utf8', stdio: 'pipe' });
      return { name, isMariadb: /mariadb/i.test(version) };
    } catch {
      // Not installed.
    }
  }
  return null;
}

/** Whether the programs are installed that dump a database. */
export function canDump(): boolean {
  return installed(DUMPERS) !== null;
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
 * @throws {BackupError} where no program is installed or it fails
 */
export async function dump(
  { url, database }: { url: string; database: string },
  target: string,
  options: { overwrite: boolean },
): Promise<void> {
  const program = installed(DUMPERS);
  if (!program) throw new BackupError(`None of ${DUMPERS.join(', ')} is installed`);
  const own = program.isMariadb ? [] : ['--set-gtid-purged=OFF'];
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
 * Reads a dump into an empty database.
 * @param signal ends it early
 * @throws {BackupError} where no program is installed, or it refuses the dump
 */
export async function restore(
  { url, database }: { url: string; database: string },
  file: string,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const program = installed(CLIENTS);
  if (!program) throw new BackupError(`None of ${CLIENTS.join(', ')} is installed`);
  const child = start(program, url, [CHARSET, database], ['pipe', 'ignore'], signal);
  const input = child.stdin as NonNullable<typeof child.stdin>;
  const source = createReadStream(file);
  const read = file.endsWith('.gz') ? pipeline(source, createGunzip(), input) : pipeline(source, input);
  const done = ended(child, program.name);
  // A program that refuses closes its input: its own words say why.
  const [fed, end] = await Promise.allSettled([read, done]);
  if (end.status === 'rejected') throw end.reason;
  if (fed.status === 'rejected') throw new BackupError(`${file} cannot be read: ${String(fed.reason)}`);
}
