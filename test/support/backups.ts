import { expect } from 'chai';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryTypes, Sequelize } from 'sequelize';
import { anonymous } from './clients.js';
import { eventually, start, startCommand, withProcess } from './processes.js';
import { sqliteFile } from './sqlite-file.js';

/** Every row of every table, except the tables of SQLite's full-text indexes. */
export async function contents(connection: Sequelize): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  const names: string[] = await connection.getQueryInterface().showAllTables();
  for (const name of names.filter((table) => !table.includes('_search')).toSorted()) {
    const rows = await connection.query(`SELECT * FROM ${name}`, { type: QueryTypes.SELECT });
    all[name] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  expect(all).to.include.keys('reviews', 'watch_lists', 'users', 'SequelizeMeta');
  return all;
}

/** Every row of every table of the database at an address. */
export async function contentsOf(url: string): Promise<Record<string, string[]>> {
  const connection = url.startsWith('sqlite:')
    ? sqliteFile(url.slice('sqlite:'.length))
    : new Sequelize(url, { dialect: 'mysql', logging: false });
  try {
    return await contents(connection);
  } finally {
    await connection.close();
  }
}

/** Runs `ratings verify` on the database at an address. */
export async function expectRatingsRight(url: string): Promise<void> {
  const { status, out } = await startCommand('ratings', ['verify'], { env: { DATABASE_URL: url } });
  expect(out).to.match(/[1-9] movies checked: every rating is right/);
  expect(status).to.equal(0);
}

/** Serves a restored database and compares its answers with those of the original. */
export async function expectSameAnswers(url: string): Promise<void> {
  await withProcess({ DATABASE_URL: url }, async (server) => {
    for (const path of [
      '/readyz',
      '/watch/watchlist/',
      '/watch/platformlist/',
      '/watch/watchlist/?search=film',
    ]) {
      const { status, body } = await anonymous.at(server).get(path);
      expect(status, path).to.equal(200);
      expect(body, path).to.deep.equal((await anonymous.get(path)).body);
    }
  });
}

/** Verifies a backup, sends each signal once it has begun, and expects it to say so and end. */
export async function expectInterrupted(
  file: string,
  hasBegun: (scratch: string) => boolean | Promise<boolean>,
) {
  const scratch = mkdtempSync(join(tmpdir(), 'marquee-interrupted-'));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const started = start('src/commands/backup.js', { TMPDIR: scratch }, ['--verify', file]);
    await eventually(started, async () => (await hasBegun(scratch)) || undefined);
    started.child.kill(signal);
    expect(await started.ended, started.output()).to.equal(1);
    expect(started.output()).to.include('Interrupted');
    expect(readdirSync(scratch)).to.deep.equal([]);
  }
  rmSync(scratch, { recursive: true });
}
