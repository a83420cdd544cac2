import type { Ask, Asking, InProcessAnswer } from '../src/http/routing/in-process.js';
import type { Download } from '../src/http/response/answers.js';
import type { Method } from '../src/http/routing/route.js';
import type { TitleJson } from '../src/api/titles.js';
import type { AccountJson, TokenJson } from '../src/presenters/account.js';
import type { GenreJson } from '../src/presenters/genre.js';
import type { ImportJson } from '../src/presenters/import.js';
import type { MovieDetailJson, MovieJson } from '../src/presenters/movie.js';
import type { PlatformJson } from '../src/presenters/platform.js';
import type { ProfileJson } from '../src/presenters/profile.js';
import type { ReviewJson } from '../src/presenters/review.js';

export type Account = AccountJson;
export type Genre = GenreJson;
export type Import = ImportJson;
export type Movie = MovieJson;
export type MovieDetail = MovieDetailJson;
export type Platform = PlatformJson;
export type Profile = ProfileJson;
export type Review = ReviewJson;
export type Title = TitleJson;
export type Token = TokenJson;

/** Query parameters; null, undefined and empty ones are left out. */
export type Query = Record<string, string | number | readonly string[] | null | undefined>;

/** One page of a list. */
export interface List<Row> {
  count: number;
  results: Row[];
}

/** The API, as a page asks it. Every method rejects with the `ApiError` of a refusal. */
export interface Api {
  /** A list, paged. */
  list: <Row>(path: string, query?: Query) => Promise<List<Row>>;
  /** A single answer. */
  get: <Body>(path: string, query?: Query) => Promise<Body>;
  /** A file to be downloaded. */
  file: (path: string) => Promise<Download>;
  /** A write. */
  send: <Body = unknown>(
    method: Exclude<Method, 'GET'>,
    path: string,
    body?: object,
    query?: Query,
  ) => Promise<Body>;
  /** Whether a write was asked for, and so counted against the limits. */
  hasWritten: () => boolean;
  /**
   * What ends the answers so far: the movies whose change does; null where any movie's does, undefined where an answer
   * must not be kept.
   */
  movies: () => number[] | null | undefined;
}

/** Makes the API of one request. */
export function createApi(ask: Ask, asking: Asking): Api {
  const asked: InProcessAnswer['movies'][] = [];
  let hasWritten = false;
  const read = async (path: string, query: Query = {}) => {
    const { answer, movies } = await ask({ method: 'GET', path, query: parametersOf(query) }, asking);
    asked.push(movies);
    return answer;
  };
  return {
    async list(path: string, query?: Query) {
      const answer = await read(path, query);
      if (!('page' in answer)) throw new TypeError(`${path} is no list`);
      const { count = 0, results } = answer.page;
      return { count, results: results as never[] };
    },
    async get<Body>(path: string, query?: Query) {
      const answer = await read(path, query);
      if ('page' in answer) throw new TypeError(`${path} is a list`);
      return answer.body as Body;
    },
    async file(path: string) {
      const answer = await read(path);
      if (!('file' in answer) || !answer.file) throw new TypeError(`${path} is no file`);
      return answer.file;
    },
    async send<Body>(method: Exclude<Method, 'GET'>, path: string, body: object = {}, query: Query = {}) {
      hasWritten = true;
      const { answer } = await ask({ method, path, body, query: parametersOf(query) }, asking);
      return ('page' in answer ? answer.page : answer.body) as Body;
    },
    hasWritten: () => hasWritten,
    movies() {
      if (asked.includes(undefined)) return undefined;
      return asked.includes(null) ? null : [...new Set((asked as number[][]).flat())];
    },
  };
}

function parametersOf(query: Query): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = value === null || value === undefined || value === '' ? [] : [value].flat();
    for (const each of values) parameters.append(name, String(each));
  }
  return parameters;
}
