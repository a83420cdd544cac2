import { eventually, freePort, start, type Started } from '../support/processes.js';
import type { DatabaseServer } from './database-server.js';
import { addPeople, addCatalogue } from '../support/scratch-rows.js';
import { expectCli } from '../support/sequelize-cli.js';

/** A Marquee in its own processes, as an operator starts it. */
export interface Marquee {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  url: string;
  started: Started;
  /** Shuts it down; returns its exit code. */
  stop(): Promise<number | string>;
}

/** Starts Marquee and waits until every process of it listens. */
export async function startMarquee(env: Record<string, string>): Promise<Marquee> {
  const port = await freePort();
  const started = start('src/main.js', { PORT: String(port), LOG_LEVEL: 'info', ...env });
  const processes = Number(env.WEB_CONCURRENCY ?? 1);
  await eventually(started, () => serving(started) >= processes || undefined);
  return {
    url: `http://127.0.0.1:${port}`,
    started,
    stop: () => {
      started.child.kill('SIGTERM');
      return started.ended;
    },
  };
}

/** Starts the API alone, without the panel, in one process; its log is at `info`. */
export async function startApi(env: Record<string, string>): Promise<Marquee> {
  const started = start('test/support/api-process.js', { LOG_LEVEL: 'info', ...env });
  const url = await eventually(started, () => /^http:\/\/127\.0\.0\.1:\d+/m.exec(started.output())?.[0]);
  return {
    url,
    started,
    stop: () => {
      started.child.kill('SIGKILL');
      return started.ended;
    },
  };
}

/** The number of processes of a Marquee that listen so far. */
export function serving(started: Started): number {
  return started.output().split('Marquee serves').length - 1;
}

/** The id of the admin; `authorization` gives the header. */
export const ADMIN = 900;

/**
 * Migrates a database and fills it with a small catalogue, users and an admin.
 * @param reviewers how many users there are, from 1 on
 */
export async function populate(database: DatabaseServer, reviewers: number): Promise<number[]> {
  await expectCli(database.url, 'db:migrate');
  await addCatalogue(database);
  await addPeople(database, ADMIN, ADMIN, 'admin');
  return addPeople(database, 1_000, 999 + reviewers);
}
