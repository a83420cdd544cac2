import type { Repeated, Shot } from 'autocannon';

/** The size of the data set; the raw server and the scenarios rely on it. */
export const SIZE = { movies: 10_000, users: 6_000, scale: 141_000 };
/** The same with a million movies. Only the first 10,000 have reviews. */
export const GROWN = { ...SIZE, movies: 1_000_000 };

/** A read that all servers are measured by. */
export interface Scenario {
  name: string;
  /** The requests of a round, to a catalogue of this many movies. */
  shots: (round: number, movies: number) => Shot[];
  /** The lowest ratio to the raw server that is accepted: with the cache off, and as shipped. */
  goals: [number, number];
}

const PAGES = 400;
/** The first deep page of the top movie's reviews, and the number of pages from there. */
const DEEP = { first: 102, pages: 150 };
const SHOTS = 8_000;
const UINT32 = 2 ** 32;
const SERVER_ERROR = 500;

/** A seeded generator of numbers from 0 to below 1. */
export function random(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / UINT32;
  };
}

const paths = (list: string[]): Shot[] => list.map((path) => ({ path }));
const many = (seed: number, path: (next: () => number) => string): Shot[] => {
  const next = random(seed);
  return paths(Array.from({ length: SHOTS }, () => path(next)));
};

/** A movie by Zipf's law: the movie of rank r is picked 1 / r times as often as the first. */
const popular = (next: () => number) => Math.floor(SIZE.movies ** next());

/** The nearest movie up to this one that has genres and a poster: see `fill-details.ts`. */
function illustrated(id: number): number {
  return id % 3 === 0 || id % 25 === 0 ? illustrated(id - 1) : id;
}

export const LIST = '/watch/watchlist/';

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
    name: `reviews of the top movie, page ${DEEP.first} and on`,
    shots: (round) =>
      many(round, (next) => `/watch/1/review/?page=${DEEP.first + Math.floor(next() * DEEP.pages)}`),
    goals: [0.8, 1],
  },
  {
    name: 'reviews of the top movie by -helpful',
    shots: () => paths(['/watch/1/review/?ordering=-helpful']),
    goals: [0.6, 1],
  },
  {
    name: 'search, two words',
    shots: () => paths([`${LIST}?search=silver+garden&ordering=id`]),
    goals: [0.6, 1],
  },
  {
    name: 'search by relevance, two words',
    shots: () => paths([`${LIST}?search=silver+garden`]),
    goals: [0.6, 1],
  },
  { name: 'suggest', shots: () => paths(['/watch/suggest/?q=silver+gar']), goals: [0.6, 1] },
  {
    name: 'movie with genres and a poster',
    shots: (round) => many(round, (next) => `${LIST}${illustrated(popular(next))}/`),
    goals: [0.5, 1],
  },
  {
    name: 'movies of a genre and years by -weighted_rating',
    shots: () => paths([`${LIST}?genre=crime&year__gte=1960&year__lte=1999&ordering=-weighted_rating`]),
    goals: [0.6, 1],
  },
  {
    name: 'movies of a genre and platform by -weighted_rating',
    shots: () => paths([`${LIST}?genre=crime&platform=3&ordering=-weighted_rating`]),
    goals: [0.6, 1],
  },
];

/** Further scenarios for a growing catalogue. */
export const GROWING: Scenario[] = [
  {
    name: 'movie by id, any of all',
    shots: (round, movies) => many(round, (next) => `${LIST}${1 + Math.floor(next() * movies)}/`),
    goals: [0.5, 1],
  },
  {
    name: 'search, a word of all and one of a single movie',
    shots: (_round, movies) => paths([`${LIST}?search=story+${movies - 1}`]),
    goals: [0.6, 1],
  },
  {
    name: 'search by relevance, a common word',
    shots: () => paths([`${LIST}?search=silver`]),
    goals: [0.6, 1],
  },
  { name: 'suggest, mistyped', shots: () => paths(['/watch/suggest/?q=silber+gardne']), goals: [0.6, 1] },
];

/** The requests of clients that revalidate their copy of the first page. */
export function revalidation(): Repeated {
  let tag = '';
  return {
    setupRequest: (defaults) => ({ ...defaults, path: LIST, headers: { 'if-none-match': tag || '"none"' } }),
    onResponse: (status, _body, _context, headers) => {
      if (status === 200) tag = headers.etag ?? headers.ETag ?? tag;
    },
  };
}

/** The first page by cursor, and one `depth` movies deep, found by following the cursors. */
export async function pagesByCursor(
  url: string,
  ordering: string,
): Promise<{ first: Shot[]; deep: Shot[]; depth: number }> {
  const step = 100;
  const steps = Math.floor(SIZE.movies / step) - 5;
  const first = `${LIST}?cursor=&ordering=${ordering}`;
  let next = `${url}${first}&page_size=${step}`;
  for (let taken = 0; taken < steps; taken += 1) {
    const page = (await (await fetch(next)).json()) as { next: string };
    next = page.next;
  }
  const deep = new URL(next);
  deep.searchParams.delete('page_size');
  return { first: paths([first]), deep: paths([deep.pathname + deep.search]), depth: steps * step };
}

/** Requests that take one item after another. */
export function eachOf(shots: Iterator<Shot, never>): Repeated {
  return {
    setupRequest: (defaults) => ({ ...defaults, ...shots.next().value }),
    onResponse: (status, body) => {
      if (status >= SERVER_ERROR) console.error(`answered ${status}: ${body}`);
    },
  };
}

const SAVED = '/account/saved/';

/** The list of saved movies of the member with a token: no answer to credentials is cached. */
export function savedMovies(token: string): Scenario {
  const shots = [{ path: SAVED, headers: { authorization: `Token ${token}` } }];
  return { name: 'saved movies with token, page 1', shots: () => shots, goals: [0.6, 0.6] };
}

/** How many movies the member of `savedMovies` has saved. */
const SAVED_MOVIES = 400;

/** Saves the member's movies, as far as they are not saved. */
export async function saveMovies(url: string, token: string): Promise<void> {
  for (let id = 1; id <= SAVED_MOVIES; id += 1) {
    const answer = await fetch(`${url}${SAVED}${id}/`, {
      method: 'PUT',
      headers: { authorization: `Token ${token}` },
    });
    if (answer.status !== 204) throw new Error(`saving a movie was answered with ${answer.status}`);
  }
}

/** The movies whose first reviews get helpful votes. */
const VOTED = { movies: 100, reviews: 100 };

/** Reviews that the data set has, by their ids. */
export async function reviewsToVoteFor(url: string): Promise<number[]> {
  const ids: number[] = [];
  for (let movie = 1; movie <= VOTED.movies; movie += 1) {
    const answer = await fetch(`${url}/watch/${movie}/review/?page_size=${VOTED.reviews}`);
    const { results } = (await answer.json()) as { results: { id: number }[] };
    ids.push(...results.map(({ id }) => id));
  }
  return ids;
}

/** An endless sequence of helpful votes for these reviews. Neighbours are of different movies: no lock is a bottleneck. */
export function* votesToGive(tokens: string[], reviews: number[]): Generator<Shot, never> {
  for (let turn = 0; ; turn += 1) {
    const token = tokens[turn % tokens.length] as string;
    yield {
      path: `/watch/review/${reviews[(turn * 7_919) % reviews.length]}/helpful/`,
      method: 'PUT',
      headers: { authorization: `Token ${token}` },
    };
  }
}

/** An endless sequence of reviews: each user reviews a movie at most once, and popular movies get most. */
export function* reviewsToWrite(tokens: string[]): Generator<Shot, never> {
  const next = random(0);
  const written = new Set<string>();
  for (;;) {
    const movie = popular(next);
    const token = tokens[Math.floor(next() * tokens.length)] as string;
    const key = `${movie} ${token}`;
    if (written.has(key)) continue;
    written.add(key);
    yield {
      path: `/watch/${movie}/review-create/`,
      method: 'POST',
      headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ rating: 1 + (movie % 5), description: 'Measured twice.' }),
    };
  }
}
