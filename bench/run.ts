/*
 * `npm run bench`: every measurement in a process of its own, on a fresh embedded database and, where
 * BENCH_DATABASE_URL names a MySQL database, on the fresh database NAME_bench beside it. Arguments choose measurements.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { ROOT } from '../src/root.js';

const MEASUREMENTS = ['review-write-cost', 'ratings-audit'];

/** Beside them, on MySQL only: the comparison with a bare server, on a database that `dataset` fills. */
const AGAINST_RAW = 'against-raw';

function measure(name: string, database: string): void {
  console.log(`\n${name}, ${database.startsWith('sqlite:') ? 'SQLite' : 'MySQL'}`);
  const { status } = spawnSync(process.execPath, [join(ROOT, 'dist', 'bench', `${name}.js`)], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, LOG_LEVEL: 'silent', DATABASE_URL: database },
  });
  if (status !== 0) process.exitCode = 1;
}

function onSqlite(name: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  try {
    measure(name, `sqlite:${join(folder, 'bench.sqlite')}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function onMysql(names: string[], neighbour: string): Promise<void> {
  const url = new URL(neighbour.replace(/^mariadb:/, 'mysql:'));
  const database = `${url.pathname.slice(1)}_bench`;
  const server = await mysql.createConnection(url.href);
  await server.query('DROP DATABASE IF EXISTS ??', [database]);
  await server.query('CREATE DATABASE ?? CHARACTER SET utf8mb4', [database]);
  try {
    url.pathname = database;
    for (const name of names) measure(name, url.href);
  } finally {
    await server.query('DROP DATABASE ??', [database]);
    await server.end();
  }
}

const asked = process.argv.slice(2);
const { BENCH_DATABASE_URL } = process.env;
for (const name of MEASUREMENTS.filter((one) => asked.length === 0 || asked.includes(one))) {
  onSqlite(name);
  if (BENCH_DATABASE_URL) await onMysql([name], BENCH_DATABASE_URL);
}
if (BENCH_DATABASE_URL && (asked.length === 0 || asked.includes(AGAINST_RAW))) {
  await onMysql(['dataset', AGAINST_RAW], BENCH_DATABASE_URL);
}
