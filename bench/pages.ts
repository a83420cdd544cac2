/* The site's pages: beside the answers of the API that they are made of, under load, and by Lighthouse. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillDatabase, type Size } from './databases.js';
import { pageAudits } from './page-audits.js';
import { CONNECTIONS, interleaved, load, type Measured, ROUNDS, SECONDS } from './load.js';
import { asBrowser, PAGE_SCENARIOS, type PageScenario, pathAt } from './page-scenarios.js';
import { type Section, table } from './report.js';
import { memory, type Server, startMarquee, stop } from './server-process.js';

/** Enough for lists of several pages; the first movie has 1,000 reviews. */
const SIZE: Size = [2_000, 1_000, 1_200];
/** The lowest ratio to the answers that is accepted: with the cache off, and as shipped. */
const GOALS = [0.5, 1];
const MINUTE = 60;

/** Measures pages on a fresh embedded database. */
export async function pages(): Promise<Section[]> {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  const database = `sqlite:${join(folder, 'bench.sqlite')}`;
  const servers: Server[] = [];
  try {
    await fillDatabase(database, SIZE);
    servers.push(await startMarquee('cache off', database, { CACHE_SECONDS: '0' }));
    servers.push(await startMarquee('as shipped', database));
    return [
      await besideAnswers(servers),
      await underLoad(servers[1] as Server),
      await pageAudits(servers[1] as Server),
    ];
  } finally {
    for (const { child } of servers) await stop(child);
    rmSync(folder, { recursive: true });
  }
}

const HEAD = ['page', 'server', 'what', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms', 'of the answers', 'goal'];

async function besideAnswers(servers: Server[]): Promise<Section> {
  const lines = table(HEAD);
  for (const scenario of PAGE_SCENARIOS) {
    for (const [at, server] of servers.entries()) {
      lines.push(...table(null, await rowsOf(scenario, server, GOALS[at] as number)));
    }
  }
  return {
    title: 'Pages beside their answers (SQLite)',
    lines: [
      ...lines,
      '',
      `${SIZE[0]} movies, the first with 1,000 reviews. ${CONNECTIONS} connections, medians of ${ROUNDS} rounds of ${SECONDS} s. "Answers" are the JSON answers that the page is made of: their requests/s are of all of them together, as an app would ask for them, their times those of one.`,
    ],
  };
}

async function rowsOf({ name, page, answers }: PageScenario, server: Server, goal: number) {
  const path = await pathAt(server.url, page);
  const contender = (shots: () => Parameters<typeof load>[1]) => ({ server, shots });
  const results = await interleaved([
    contender(() => answers.map((answer) => ({ path: answer }))),
    contender(() => [asBrowser(path, 'identity')]),
    contender(() => [asBrowser(path, 'br')]),
  ]);
  const [all, plain, packed] = results as [Measured, Measured, Measured];
  const whole = { ...all, rate: all.rate / answers.length, cpu: all.cpu * answers.length };
  const row = (what: string, one: Measured, verdict: string) => [
    name,
    server.name,
    what,
    Math.round(one.rate),
    one.p50.toFixed(2),
    one.p99.toFixed(2),
    one.cpu.toFixed(3),
    (one.rate / whole.rate).toFixed(2),
    verdict,
  ];
  return [
    row(answers.length === 1 ? 'its answer' : `its ${answers.length} answers`, whole, ''),
    row('page', plain, `${plain.rate / whole.rate >= goal ? '✓' : '✗'} ≥ ${goal}`),
    row('page, Brotli', packed, ''),
  ];
}

async function underLoad(server: Server): Promise<Section> {
  const paths = await Promise.all(PAGE_SCENARIOS.map(({ page }) => pathAt(server.url, page)));
  const shots = paths.map((path) => asBrowser(path, 'br'));
  const lines = table(['', 'memory (RSS) MB', 'requests/s', 'p50 ms', 'p99 ms']);
  // The first load compiles, and fills the caches.
  for (const what of ['first minute', 'second minute']) {
    const { rate, p50, p99 } = await load(server, shots, { seconds: MINUTE });
    const cells = [what, memory(server.child), Math.round(rate), p50.toFixed(2), p99.toFixed(2)];
    lines.push(...table(null, [cells]));
  }
  return {
    title: 'Memory under a load of pages',
    lines: [...lines, '', `As shipped, all of these pages in turn over ${CONNECTIONS} connections.`],
  };
}
