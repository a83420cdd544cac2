/* The cost of reads with 1,000,000 movies against 10,000, and of a deep page by cursor against the first. */
import type { Shot } from 'autocannon';
import { fillDatabase, type Size } from './databases.js';
import { type Contender, interleaved, type Measured, ROUNDS } from './load.js';
import { type Section, table } from './report.js';
import { GROWING, GROWN, pagesByCursor, reviewsToWrite, SCENARIOS, SIZE } from './scenarios.js';
import { type Server, startMarquee, stop } from './server-process.js';
import { writeBeside } from './write-beside.js';

/** The length of a round in seconds: shorter than against the bare server, since there are more scenarios. */
const SECONDS = Number(process.env.BENCH_SECONDS || 1.5);
/** Longer: the goal of deep pages is close to 1, and in short rounds other work moves the ratio that far. */
const DEEP_SECONDS = 3 * SECONDS;
const ORDERINGS = ['id', '-avg_rating', 'title'];
const GOALS = { growth: 1.5, deep: 1.2 };

const note = (seconds: number) =>
  `Medians of ${ROUNDS} rounds of ${seconds} s in turn, 16 connections; "as shipped" with 20 reviews a second meanwhile.`;

/** A database, and the server that is measured on it. */
interface Place {
  server: Server;
  reviews: Iterator<Shot, never>;
  movies: number;
}

const MODES = [
  { name: 'cache off', env: { CACHE_SECONDS: '0' } },
  { name: 'as shipped', env: {} },
];

/**
 * Measures growth and depth.
 * @param small the database with 10,000 movies
 * @param large the one with 1,000,000
 */
export async function growth(small: string, large: string): Promise<Section[]> {
  const databases = [
    { address: small, size: SIZE },
    { address: large, size: GROWN },
  ];
  const filled: { address: string; movies: number; reviews: Iterator<Shot, never> }[] = [];
  for (const { address, size } of databases) {
    const numbers: Size = [size.movies, size.users, size.scale];
    filled.push({
      address,
      movies: size.movies,
      reviews: reviewsToWrite(await fillDatabase(address, numbers)),
    });
  }
  const grown = table([
    'read', 'server', 'p50 ms, 10,000', 'p50 ms, 1,000,000', 'ratio', 'CPU ms, 10,000', 'CPU ms, 1,000,000', 'goal',
  ]); // prettier-ignore
  const deep: string[][] = [];
  for (const { name, env } of MODES) {
    const places: Place[] = [];
    try {
      for (const { address, movies, reviews } of filled) {
        places.push({ server: await startMarquee(name, address, env), movies, reviews });
      }
      const isShipped = name === 'as shipped';
      for (const scenario of [...SCENARIOS, ...GROWING]) {
        const results = await interleaved(
          places.map((place) => contender(place, isShipped, (round) => scenario.shots(round, place.movies))),
          SECONDS,
        );
        grown.push(...table(null, [comparison([scenario.name, name], results, GOALS.growth)]));
      }
      for (const place of places) deep.push(...(await deepRows(place, isShipped)));
    } finally {
      for (const { server } of places) await stop(server.child);
    }
  }
  return [
    {
      title: 'Growth',
      lines: [
        ...grown,
        '',
        `${note(SECONDS)} Both databases have 6,000 users and 1,000,000 reviews, of the first 10,000 movies. Of both the same is read, but for "any of all". "Search, two words" finds a hundred times as much in the large one (6,945 movies against 70), the other search one movie in each.`,
      ],
    },
    {
      title: 'Deep pages by cursor',
      lines: [
        ...table(
          [
            'read',
            'server',
            'p50 ms, first page',
            'p50 ms, deep',
            'ratio',
            'CPU ms, first',
            'CPU ms, deep',
            'goal',
          ],
          deep,
        ),
        '',
        note(DEEP_SECONDS),
      ],
    },
  ];
}

function contender(place: Place, isShipped: boolean, shots: (round: number) => Shot[]): Contender {
  const { server, reviews } = place;
  return { server, shots, beside: isShipped ? () => writeBeside(server, reviews) : undefined };
}

async function deepRows(place: Place, isShipped: boolean): Promise<string[][]> {
  const rows: string[][] = [];
  for (const ordering of ORDERINGS) {
    const { first, deep, depth } = await pagesByCursor(place.server.url, ordering);
    const results = await interleaved(
      [first, deep].map((shots) => contender(place, isShipped, () => shots)),
      DEEP_SECONDS,
    );
    const name = `movies by ${ordering}, ${depth} deep of ${place.movies}`;
    rows.push(comparison([name, place.server.name], results, GOALS.deep));
  }
  return rows;
}

function comparison(names: string[], results: Measured[], goal: number): string[] {
  const [before, after] = results as [Measured, Measured];
  const ratio = after.p50 / before.p50;
  return [
    ...names,
    before.p50.toFixed(2),
    after.p50.toFixed(2),
    ratio.toFixed(2),
    before.cpu.toFixed(3),
    after.cpu.toFixed(3),
    `${ratio <= goal ? '✓' : '✗'} ≤ ${goal}`,
  ];
}
