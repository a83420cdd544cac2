/*
 * `npm run bench`: runs the benchmarks, prints the results and writes them to RESULTS.md. Arguments choose parts; the
 * default is the parts that take minutes. Parts for MySQL or MariaDB use the database that BENCH_DATABASE_URL names,
 * and one beside it whose name ends in _growth. Both are filled once and kept.
 * BENCH_SECONDS: the length of a round for each server. BENCH_ROUNDS: the number of rounds. BENCH_WARM_UP: the length
 * of the unmeasured first round.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { againstRaw } from './against-raw.js';
import { type Size, prepareMysql, versionOf } from './databases.js';
import { embedded } from './embedded.js';
import { growth } from './growth.js';
import { readsBesideLock } from './locked-movie.js';
import { memoryUnderLoad } from './memory.js';
import { pages } from './pages.js';
import { type Section, write } from './report.js';
import { GROWN, SIZE } from './scenarios.js';
import { runScript } from './server-process.js';
import { startUp } from './start-up.js';
import { upgrade } from './upgrade.js';

interface Part {
  /** Whether it runs by default. */
  usual: boolean;
  needsMysql: boolean;
  measure: (address: string) => Promise<Section[]>;
}

const PARTS: Record<string, Part> = {
  'start-up': { usual: true, needsMysql: false, measure: async () => [await startUp()] },
  embedded: { usual: true, needsMysql: false, measure: async () => [await embedded()] },
  pages: { usual: false, needsMysql: false, measure: pages },
  'against-raw': {
    usual: true,
    needsMysql: true,
    measure: async (address) => {
      await prepareMysql(address, sizeOf(SIZE));
      return [await againstRaw(address)];
    },
  },
  growth: {
    usual: true,
    needsMysql: true,
    measure: async (address) => {
      await prepareMysql(address, sizeOf(SIZE));
      await prepareMysql(beside(address, 'growth'), sizeOf(GROWN));
      return growth(address, beside(address, 'growth'));
    },
  },
  upgrade: {
    usual: false,
    needsMysql: true,
    measure: async (address) => {
      await prepareMysql(beside(address, 'growth'), sizeOf(GROWN));
      return [await upgrade(beside(address, 'growth'), sizeOf(GROWN))];
    },
  },
  'locked-movie': {
    usual: false,
    needsMysql: true,
    measure: async (address) => {
      await prepareMysql(address, sizeOf(SIZE));
      return [await readsBesideLock(address)];
    },
  },
  memory: {
    usual: false,
    needsMysql: true,
    measure: async (address) => {
      await prepareMysql(address, sizeOf(SIZE));
      return [await memoryUnderLoad(address)];
    },
  },
  'review-write-cost': {
    usual: false,
    needsMysql: false,
    measure: (address) => scripted('Cost of a review', 'review-write-cost', address),
  },
  'ratings-audit': {
    usual: false,
    needsMysql: false,
    measure: (address) => scripted('Audit of the ratings', 'ratings-audit', address),
  },
};

const sizeOf = ({ movies, users, scale }: typeof SIZE): Size => [movies, users, scale];

/** The address of the database on the same server whose name has this ending. */
function beside(address: string, ending: string): string {
  const url = new URL(address);
  url.pathname += `_${ending}`;
  return url.href;
}

/** Runs a benchmark that uses the models directly, on a fresh embedded database and a fresh MySQL database. */
async function scripted(title: string, name: string, address: string): Promise<Section[]> {
  const lines: string[] = [];
  const on = async (database: string, kind: string) => {
    const env = { LOG_LEVEL: 'silent', DATABASE_TIMEOUT_SECONDS: '3600', DATABASE_URL: database };
    const printed = (await runScript(`bench/${name}.js`, env)).trim();
    console.log(`${kind}\n${printed}`);
    lines.push(`${kind}:`, '', '```text', printed, '```', '');
  };
  const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  try {
    await on(`sqlite:${join(folder, 'bench.sqlite')}`, 'SQLite');
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (address !== '') await onFreshMysql(beside(address, 'scratch'), (database) => on(database, 'MySQL'));
  return [{ title, lines }];
}

async function onFreshMysql(address: string, work: (address: string) => Promise<void>): Promise<void> {
  const url = new URL(address);
  const name = decodeURIComponent(url.pathname.slice(1));
  url.pathname = '/';
  const server = await mysql.createConnection(url.href);
  await server.query('DROP DATABASE IF EXISTS ??', [name]);
  await server.query('CREATE DATABASE ?? CHARACTER SET utf8mb4', [name]);
  try {
    await work(address);
  } finally {
    await server.query('DROP DATABASE ??', [name]);
    await server.end();
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}: choose among ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}
// Ends at once. Its child processes end with it: see leash.ts.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const address = (process.env.BENCH_DATABASE_URL ?? '').replace(/^mariadb:/, 'mysql:');
const chosen = [
  'BENCH_SECONDS',
  'BENCH_ROUNDS',
  'BENCH_WARM_UP',
  'BENCH_MINUTES',
  'BENCH_REVIEWS',
  'BENCH_LOG_LEVEL',
]
  .filter((name) => process.env[name])
  .map((name) => `${name}=${process.env[name]} `);
const command = `${chosen.join('')}${address === '' ? '' : 'BENCH_DATABASE_URL=… '}npm run bench${asked.length > 0 ? ` -- ${asked.join(' ')}` : ''}`;
for (const [name, { usual, needsMysql, measure }] of Object.entries(PARTS)) {
  if (asked.length > 0 ? !asked.includes(name) : !usual) continue;
  if (needsMysql && address === '') {
    console.log(
      `\n${name}: passed over, for it needs BENCH_DATABASE_URL=mysql://user:password@host:3306/name.`,
    );
    continue;
  }
  console.log(`\n${name}\n`);
  const databases = needsMysql ? await versionOf(address) : 'SQLite';
  for (const section of await measure(address)) await write(section, { command, databases });
}
