/* Whether memory grows under load: minutes of mixed reads, while reviews are written. */
import { fillDatabase, type Size } from './databases.js';
import { CONNECTIONS, load } from './load.js';
import { type Section, table } from './report.js';
import { random, reviewsToWrite, SCENARIOS, SIZE } from './scenarios.js';
import { memory, startMarquee, stop } from './server-process.js';
import { WRITES_A_SECOND, writeBeside } from './write-beside.js';

const MINUTES = Number(process.env.BENCH_MINUTES || 10);
const SECONDS_PER_MINUTE = 60;

/** Measures the memory of a server as shipped, minute by minute. */
export async function memoryUnderLoad(database: string): Promise<Section> {
  const size: Size = [SIZE.movies, SIZE.users, SIZE.scale];
  const reviews = reviewsToWrite(await fillDatabase(database, size));
  const server = await startMarquee('as shipped', database);
  try {
    await (await fetch(`${server.url}/admin/login`)).text();
    const lines = table(
      ['minute', 'memory (RSS) MB', 'most in the minute', 'requests/s'],
      [['start', memory(server.child), '', '']],
    );
    for (let minute = 1; minute <= MINUTES; minute += 1) {
      const next = random(minute);
      const shots = SCENARIOS.flatMap((scenario) => {
        const list = scenario.shots(minute, SIZE.movies);
        return Array.from({ length: 1_000 }, (_, index) => list[index % list.length] ?? { path: '/' });
      })
        .map((shot) => ({ shot, key: next() }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ shot }) => shot);
      const end = writeBeside(server, reviews);
      const { rate, memory: most } = await load(server, shots, { seconds: SECONDS_PER_MINUTE });
      await end();
      lines.push(...table(null, [[minute, memory(server.child), most, Math.round(rate)]]));
    }
    return {
      title: 'Memory under load',
      lines: [
        ...lines,
        '',
        `As shipped, ${CONNECTIONS} connections that ask for all of the reads above in random order, and ${WRITES_A_SECOND} reviews a second. The process holds the admin panel too.`,
      ],
    };
  } finally {
    await stop(server.child);
  }
}
