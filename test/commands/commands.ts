import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { QueryTypes, Sequelize } from 'sequelize';
import { config } from '../../src/config.js';
import { sequelize } from '../../src/database/database.js';
import { ROOT } from '../../src/project-root.js';
import type { Outcome } from '../support/processes.js';
import { atTheEnd } from '../support/server.js';
import type { Streams } from './lost-outputs.js';
import { sqliteFile } from '../support/sqlite-file.js';

/** Real data sets beside the project; they are not part of it. */
export const SHARED_DATA = join(ROOT, '..', 'shared', 'data');

/** Collects what `work` writes to a stream. */
async function captured(stream: NodeJS.WriteStream, work: () => Promise<unknown>): Promise<string> {
  const write = stream.write.bind(stream);
  let text = '';
  stream.write = (chunk: string | Uint8Array) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  };
  try {
    await work();
  } finally {
    stream.write = write;
  }
  return text;
}

/** A property of `process` that gives a stream. */
function giving(stream: NodeJS.WriteStream): PropertyDescriptor {
  return { configurable: true, enumerable: true, get: () => stream };
}

/** Runs `work` while the process has another standard output and error. */
async function withStreams({ stdout, stderr }: Streams, work: () => Promise<void>): Promise<void> {
  const own = Object.getOwnPropertyDescriptors(process);
  Object.defineProperties(process, { stdout: giving(stdout), stderr: giving(stderr) });
  try {
    await work();
  } finally {
    Object.defineProperties(process, { stdout: own.stdout, stderr: own.stderr });
  }
}

let runs = 0;

/** Runs a command's module in this process, and gives its status. */
async function statusOf(command: string, args: string[]): Promise<number> {
  runs += 1;
  // A module is evaluated once for each address.
  const module = new URL(`../../src/commands/${command}.js?run=${runs}`, import.meta.url).href;
  const { argv, exitCode } = process;
  process.argv = [...argv.slice(0, 2), ...args];
  process.exitCode = undefined;
  sequelize.close = () => Promise.resolve();
  try {
    await import(module);
    return Number(process.exitCode ?? 0);
  } finally {
    Reflect.deleteProperty(sequelize, 'close');
    process.exitCode = exitCode;
    process.argv = argv;
  }
}

/**
 * Runs a command's module in this process, with these arguments and on this process's database, which stays open.
 * A process of its own would take half a second to start.
 */
export async function runInProcess(command: string, args: string[]): Promise<Outcome> {
  const outcome: Outcome = { status: null, out: '', error: '' };
  outcome.error = await captured(process.stderr, async () => {
    outcome.out = await captured(process.stdout, async () => {
      outcome.status = await statusOf(command, args);
    });
  });
  return outcome;
}

/** Runs a command as `runInProcess` does, with these streams as its output; gives its status. */
export async function runInto(streams: Streams, command: string, args: string[]): Promise<number> {
  let status = NaN;
  try {
    await withStreams(streams, async () => {
      status = await statusOf(command, args);
    });
  } finally {
    streams.close();
  }
  return status;
}

/** Writes files, given by name and content, to a new folder. */
export function folderOf(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-input-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** A folder with files, of which those named `.gz` are gzipped. */
export function inputOf(files: Record<string, string | Buffer>): string {
  const packed = Object.entries(files).map(
    ([name, content]) => [name, name.endsWith('.gz') ? gzipSync(content) : content] as const,
  );
  return folderOf(Object.fromEntries(packed));
}

/** Imports files, given by name and content; those named `.gz` are gzipped. */
export function importFiles(format: string, files: Record<string, string | Buffer>): Promise<Outcome> {
  return runInProcess('import', ['--format', format, inputOf(files)]);
}

/** Expects `ratings verify` to find every rating and every count of movies right. */
export async function expectVerified(): Promise<void> {
  const { status, out } = await runInProcess('ratings', ['verify']);
  expect(status, out).to.equal(0);
}

let plain: Sequelize | undefined;

/** A connection to the tests' database for plain SQL. */
function connection(): Sequelize {
  if (!plain) {
    const url = config.DATABASE_URL;
    const opened = url.startsWith('sqlite:')
      ? sqliteFile(url.slice('sqlite:'.length))
      : new Sequelize(url, { dialect: 'mysql', logging: false });
    plain = opened;
    atTheEnd(() => opened.close());
  }
  return plain;
}

/** The rows of a query. */
export async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return connection().query(sql, { type: QueryTypes.SELECT });
}

/** Runs a statement without the models. */
export async function write(sql: string): Promise<void> {
  await connection().query(sql);
}

/** How many rows a table has. */
export async function count(table: string): Promise<number> {
  return Number((await rows(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n);
}
