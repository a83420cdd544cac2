/* Marquee on the embedded database. There is no bare server to compare it with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillDatabase } from './databases.js';
import { type Contender, interleaved, type Measured } from './load.js';
import { type Section, table } from './report.js';
import { eachOf, reviewsToWrite, SCENARIOS, SIZE } from './scenarios.js';
import { type Server, startMarquee, stop } from './server-process.js';

/** A tenth of the reviews, since the database is filled for each run. */
const SCALE = SIZE.scale / 10;
const SECONDS = Number(process.env.BENCH_SECONDS || 1);

/** Measures reads and the creation of reviews on a fresh embedded database. */
export async function embedded(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  const database = `sqlite:${join(folder, 'bench.sqlite')}`;
  const servers: Server[] = [];
  try {
    const reviews = reviewsToWrite(await fillDatabase(database, [SIZE.movies, SIZE.users, SCALE]));
    servers.push(await startMarquee('cache off', database, { CACHE_SECONDS: '0' }));
    servers.push(await startMarquee('as shipped', database));
    const lines = table([
      'scenario',
      'server',
      'requests/s',
      'p50 ms',
      'p99 ms',
      'CPU ms a request',
      'peak MB',
    ]);
    const add = async (name: string, asked: Pick<Contender, 'shots' | 'statuses'>) => {
      const results = await interleaved(
        servers.map((server) => ({ server, ...asked })),
        SECONDS,
      );
      lines.push(
        ...table(
          null,
          results.map((one, index) => row(name, servers[index]?.name ?? '', one)),
        ),
      );
    };
    for (const { name, shots } of SCENARIOS) await add(name, { shots: (round) => shots(round, SIZE.movies) });
    await add('review-create with token', {
      shots: () => eachOf(reviews),
      statuses: [201],
    });
    return {
      title: 'Embedded database (SQLite)',
      lines: [
        ...lines,
        '',
        `${SIZE.movies} movies, ${SIZE.users} users and a tenth of the reviews; no reviews are written meanwhile.`,
      ],
    };
  } finally {
    for (const { child } of servers) await stop(child);
    rmSync(folder, { recursive: true });
  }
}

function row(name: string, server: string, { rate, p50, p99, cpu, memory }: Measured) {
  return [name, server, Math.round(rate), p50.toFixed(2), p99.toFixed(2), cpu.toFixed(3), memory];
}
