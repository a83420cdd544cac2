import type { Shot } from 'autocannon';

/** What is asked of both servers. */
export interface Scenario {
  name: string;
  /** What is asked for, in turn; made anew for each round. */
  shots: (round: number) => Shot[];
  /** What is asked of Marquee alone, where the raw server knows no such thing and answers `shots` instead. */
  ours?: (round: number, url: string) => Promise<Shot[]>;
  /** Least ratio to the raw server with the cache off, and as shipped. */
  goals: [number, number];
}

const MOVIES = 10_000;
const PAGES = 400;
const SHOTS = 4_000;

/** A generator of numbers from 0 to below 1 that is the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const paths = (list: string[]): Shot[] => list.map((path) => ({ path }));
const many = (seed: number, path: (next: () => number) => string): Shot[] => {
  const next = random(seed);
  return paths(Array.from({ length: SHOTS }, () => path(next)));
};

/** A movie by Zipf's law: the one of rank r is asked for 1 / r times as often as the first. */
const popular = (next: () => number) => Math.floor(MOVIES ** next());

async function tagged(url: string, path: string): Promise<Shot[]> {
  const answer = await fetch(url + path);
  return [{ path, headers: { 'if-none-match': answer.headers.get('etag') ?? '' } }];
}

/** Follows cursors from the first page to a deep one. */
async function deep(url: string, first: string): Promise<Shot[]> {
  let path = first;
  for (let step = 0; step < 50; step += 1) {
    const { next } = (await (await fetch(url + path)).json()) as { next: string };
    path = next.slice(url.length);
  }
  return paths([path]);
}

const LIST = '/watch/watchlist/';

export const SCENARIOS: Scenario[] = [
  {
    name: 'movie by id',
    shots: (round) => many(round, (next) => `${LIST}${popular(next)}/`),
    goals: [0.5, 1],
  },
  { name: 'movies, page 1', shots: () => paths([LIST]), goals: [0.6, 1] },
  {
    name: `movies, random page of ${PAGES}`,
    shots: (round) => many(round, (next) => `${LIST}?page=${1 + Math.floor(next() * PAGES)}`),
    goals: [0.8, 1],
  },
  { name: 'movies by -avg_rating', shots: () => paths([`${LIST}?ordering=-avg_rating`]), goals: [0.6, 1] },
  {
    name: 'movies of a platform by -number_rating',
    shots: () => paths([`${LIST}?platform=3&ordering=-number_rating`]),
    goals: [0.6, 1],
  },
  {
    name: 'reviews of a movie, page 1',
    shots: (round) => many(round, (next) => `/watch/${popular(next)}/review/`),
    goals: [0.6, 1],
  },
  {
    name: 'reviews of the top movie, page 102 and on',
    shots: (round) => many(round, (next) => `/watch/1/review/?page=${102 + Math.floor(next() * 150)}`),
    goals: [0.8, 1],
  },
  { name: 'search, two words', shots: () => paths([`${LIST}?search=silver+garden`]), goals: [0.6, 1] },
  {
    name: '304 to If-None-Match',
    shots: () => paths([LIST]),
    ours: (_round, url) => tagged(url, LIST),
    goals: [0.6, 1],
  },
  {
    name: 'deep page by cursor, against page 1',
    shots: () => paths([LIST]),
    ours: (_round, url) => deep(url, `${LIST}?cursor=`),
    goals: [0.6, 1],
  },
];

/** Reviews to write: each user one of each movie, the popular movies first. */
export function* reviewsToWrite(tokens: string[]): Generator<Shot> {
  for (let movie = 1; movie <= MOVIES; movie += 1) {
    for (const token of tokens) {
      yield {
        path: `/watch/${movie}/review-create/`,
        method: 'POST',
        headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ rating: 1 + (movie % 5), description: 'Measured twice.' }),
      };
    }
  }
}
