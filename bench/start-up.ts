/* The time from a start in production on the embedded database to the first answer of the API. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './load.js';
import { type Section, table } from './report.js';
import { LIST } from './scenarios.js';
import { answers, freePort, PRODUCTION, startScript, stop } from './server-process.js';

const STARTS = 5;
const PAUSE_MS = 5;
const GOAL_MS = 2_000;

/** Measures starts with an empty data folder, which run the migrations and seeds, and later starts. */
export async function startUp(): Promise<Section> {
  const fresh: number[] = [];
  const later: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
    try {
      fresh.push(await startedIn(folder));
      later.push(await startedIn(folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return {
    title: 'Start',
    lines: [
      ...table(
        ['to the first page of movies', 'median ms', 'each', 'goal'],
        [row('empty data folder: migrations, first admin, demo catalogue', fresh), row('later', later)],
      ),
      '',
      'From the start of `node dist/src/main.js` with `NODE_ENV=production`.',
    ],
  };
}

async function startedIn(folder: string): Promise<number> {
  const port = await freePort();
  const begin = performance.now();
  const child = startScript('src/main.js', {
    ...PRODUCTION,
    SESSION_SECRET: '',
    JWT_SECRET: '',
    DATABASE_URL: `sqlite:${join(folder, 'app.sqlite')}`,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  });
  try {
    await answers(`http://127.0.0.1:${port}${LIST}`, child, PAUSE_MS);
    return performance.now() - begin;
  } finally {
    await stop(child);
  }
}

function row(name: string, times: number[]) {
  return [
    name,
    Math.round(median(times)),
    times.map((time) => Math.round(time)).join(', '),
    `${median(times) < GOAL_MS ? '✓' : '✗'} < ${GOAL_MS}`,
  ];
}
