/* What reads beside a movie cost that another client of the database keeps locked, while reviews of it come in. */
import mysql from 'mysql2/promise';
import { fillDatabase, type Size } from './databases.js';
import { load } from './load.js';
import { type Section, table } from './report.js';
import { SCENARIOS, SIZE } from './scenarios.js';
import { startMarquee, stop, type Server } from './server-process.js';

/** How long the movie is locked, in seconds. */
const LOCKED_SECONDS = 14;
/** The movie: the most popular one. */
const MOVIE = 1;
/** Reviews of it that come in while it is locked. */
const REVIEWS = 60;

/** Measures single movies and lists, with a free movie and with one that is locked. */
export async function readsBesideLock(database: string): Promise<Section> {
  const size: Size = [SIZE.movies, SIZE.users, SIZE.scale];
  const tokens = await fillDatabase(database, size);
  const server = await startMarquee('cache off', database, { CACHE_SECONDS: '0' });
  const holder = await mysql.createConnection(database);
  try {
    const lines = table(['scenario', 'the movie', 'requests/s', 'p50 ms', 'p99 ms']);
    const measure = async (state: string) => {
      for (const { name, shots } of SCENARIOS.slice(0, 2)) {
        const { rate, p50, p99 } = await load(server, shots(1, SIZE.movies), {
          seconds: LOCKED_SECONDS / 2 - 1,
        });
        lines.push(...table(null, [[name, state, Math.round(rate), p50, p99]]));
      }
    };
    await measure('is free');
    await holder.query('START TRANSACTION');
    await holder.query('SELECT id FROM watch_lists WHERE id = ? FOR UPDATE', [MOVIE]);
    const reviews = reviewMovie(server, tokens);
    const readiness = probe(server);
    await measure('is locked');
    const longest = await readiness();
    await holder.query('ROLLBACK');
    const statuses = await reviews;
    return {
      title: 'Reads beside a locked movie',
      lines: [
        ...lines,
        '',
        `Another client holds the row for ${LOCKED_SECONDS} s, and ${REVIEWS} reviews of it come in at once: ${[...statuses].map(([status, count]) => `${count} were answered ${status}`).join(', ')}. The longest of the answers of \`/readyz\` meanwhile took ${longest} ms.`,
      ],
    };
  } finally {
    await holder.end();
    await stop(server.child);
  }
}

/** Sends the reviews; gives the number of answers by status. */
async function reviewMovie(server: Server, tokens: string[]): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  await Promise.all(
    tokens.slice(0, REVIEWS).map(async (token) => {
      const answer = await fetch(`${server.url}/watch/${MOVIE}/review-create/`, {
        method: 'POST',
        headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
        body: '{"rating": 4}',
      });
      await answer.arrayBuffer();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }),
  );
  return statuses;
}

/** Asks for `/readyz` each tenth of a second; the returned function ends that, and gives the longest time in milliseconds. */
function probe(server: Server): () => Promise<number> {
  let longest = 0;
  const asked: Promise<void>[] = [];
  const timer = setInterval(() => {
    const begun = performance.now();
    const one = fetch(`${server.url}/readyz`).then(async (answer) => {
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`/readyz answered ${answer.status}`);
      longest = Math.max(longest, performance.now() - begun);
    });
    asked.push(one);
  }, 100);
  return async () => {
    clearInterval(timer);
    await Promise.all(asked);
    return Math.round(longest);
  };
}
