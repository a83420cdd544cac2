/* Marquee, with and without its response cache, against the bare server of raw.ts, on one MySQL database. */
import { isDeepStrictEqual } from 'node:util';
import type { Shot } from 'autocannon';
import { fillDatabase, type Size } from './databases.js';
import { CONNECTIONS, type Contender, interleaved, type Measured, ROUNDS, SECONDS } from './load.js';
import { type Section, table } from './report.js';
import { requireSameAnswers } from './same-answers.js';
import {
  eachOf,
  LIST,
  revalidation,
  reviewsToVoteFor,
  reviewsToWrite,
  savedMovies,
  saveMovies,
  SCENARIOS,
  SIZE,
  votesToGive,
} from './scenarios.js';
import { runScript, type Server, startMarquee, startServer, stop } from './server-process.js';
import { WRITES_A_SECOND, writeBeside } from './write-beside.js';

const HEAD = [
  'scenario',
  'server',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'CPU ms a request',
  'peak MB',
  'of raw by requests/s',
  'of raw by CPU',
  'goal',
];

/** Three servers on one database, and the reviews to write there. */
interface Field {
  servers: [Server, Server, Server];
  reviews: Iterator<Shot, never>;
}

/** Measures every request that the bare server supports. */
export async function againstRaw(database: string): Promise<Section> {
  const size: Size = [SIZE.movies, SIZE.users, SIZE.scale];
  const tokens = await fillDatabase(database, size);
  const reviews = reviewsToWrite(tokens);
  const servers: Server[] = [];
  try {
    servers.push(await startServer('raw', 'bench/raw.js', { DATABASE_URL: database }, `${LIST}1/`));
    servers.push(await startMarquee('cache off', database, { CACHE_SECONDS: '0' }));
    servers.push(await startMarquee('as shipped', database));
    const field = { servers: servers as Field['servers'], reviews };
    const lines = table(HEAD);
    const [reader] = tokens as [string, ...string[]];
    await saveMovies(field.servers[2].url, reader);
    for (const { name, shots, goals } of [...SCENARIOS, savedMovies(reader)]) {
      await requireSameAnswers(servers, shots(0, SIZE.movies));
      const asked = (round: number) => shots(round, SIZE.movies);
      lines.push(
        ...(await compare(
          field,
          name,
          servers.map(() => asked),
          goals,
        )),
      );
    }
    lines.push(...(await compareTagged(field)), ...(await compareWrites(field)));
    lines.push(...(await compareVotes(field, tokens)));
    const verified = await ratingsVerified(database);
    return {
      title: 'Against a bare server',
      lines: [
        ...lines,
        '',
        `${SIZE.movies} movies, ${SIZE.users} users, 1,000,000 reviews by Zipf's law. ${CONNECTIONS} connections, medians of ${ROUNDS} rounds of ${SECONDS} s, the servers asked in turn. One process each; the load, the servers and the database share the machine. "By CPU" is raw's processor time for a request divided by Marquee's, which other work on the machine moves less than requests/s. "As shipped" is asked while it takes ${WRITES_A_SECOND} reviews a second; that work counts in its figures, raw's are without. The memory of Marquee is that of the API and the admin panel.`,
        '',
        `Afterwards \`ratings -- verify\` says: ${verified}`,
      ],
    };
  } finally {
    for (const { child } of servers) await stop(child);
  }
}

async function compare(
  { servers, reviews }: Field,
  name: string,
  asked: Contender['shots'][],
  goals: [number, number],
  statuses: number[][] = [],
): Promise<string[]> {
  const contenders = servers.map((server, index): Contender => {
    const isShipped = index === 2;
    return {
      server,
      shots: asked[index] as Contender['shots'],
      statuses: statuses[index],
      beside: isShipped ? () => writeBeside(server, reviews) : undefined,
    };
  });
  return rowsOf(name, servers, await interleaved(contenders), goals);
}

async function compareTagged(field: Field): Promise<string[]> {
  const asked = field.servers.map(() => {
    const shots = revalidation();
    return () => shots;
  });
  const statuses = field.servers.map((_server, index) => (index === 0 ? [200] : [200, 304]));
  return compare(field, '304 to If-None-Match, of raw the full answer', asked, [0.6, 1], statuses);
}

async function compareWrites({ servers, reviews }: Field): Promise<string[]> {
  await requireSameCreation(servers, reviews);
  const asked = () => eachOf(reviews);
  const contenders = servers.map((server): Contender => ({ server, shots: asked, statuses: [201] }));
  return rowsOf('review-create with token', servers, await interleaved(contenders), [0.6, 0.6]);
}

async function compareVotes({ servers }: Field, tokens: string[]): Promise<string[]> {
  const votes = votesToGive(tokens, await reviewsToVoteFor(servers[1].url));
  const asked = () => eachOf(votes);
  const contenders = servers.map((server): Contender => ({ server, shots: asked, statuses: [204] }));
  return rowsOf('helpful vote with token', servers, await interleaved(contenders), [0.6, 0.6]);
}

/** @throws {Error} where the servers answer the creation of reviews differently */
async function requireSameCreation(servers: Server[], reviews: Iterator<Shot, never>): Promise<void> {
  const answers: unknown[] = [];
  for (const { url } of servers) {
    const { path, method, headers, body } = reviews.next().value;
    const answer = await fetch(url + path, { method, headers, body });
    const created = (await answer.json()) as Record<string, unknown>;
    answers.push([answer.status, created.description, Object.keys(created).toSorted()]);
  }
  if (!answers.every((answer) => isDeepStrictEqual(answer, answers[0]))) {
    throw new Error(`Reviews are created with different answers: ${JSON.stringify(answers)}`);
  }
}

function rowsOf(name: string, servers: Server[], results: Measured[], goals: [number, number]): string[] {
  const base = results[0] as Measured;
  const rows = results.map((one, index) => {
    const goal = index === 0 ? undefined : goals[index - 1];
    const ratio = one.rate / base.rate;
    const verdict = goal === undefined ? '' : `${ratio >= goal ? '✓' : '✗'} ≥ ${goal}`;
    return [
      name,
      servers[index]?.name ?? '',
      Math.round(one.rate),
      one.p50.toFixed(2),
      one.p99.toFixed(2),
      one.cpu.toFixed(3),
      one.memory,
      ratio.toFixed(2),
      (base.cpu / one.cpu).toFixed(2),
      verdict,
    ];
  });
  return table(null, rows);
}

async function ratingsVerified(database: string): Promise<string> {
  const printed = await runScript('src/commands/ratings.js', { DATABASE_URL: database }, ['verify']);
  return printed.trim().split('\n').at(-1) ?? '';
}
