import { expect } from 'chai';
import { PASSWORD } from '../../support/factories.js';
import { authorization } from '../../support/scratch-rows.js';
import { bulkOperations, SPARE_FROM } from './bulk.js';
import { expectAgreement, type ShownMovie } from './figures.js';

/** How long a storm lasts; STORM_SECONDS makes it long. */
export const STORM_MS = Number(process.env.STORM_SECONDS || 1) * 1_000;

const WORKERS = 24;
const READERS = 4;

/** Counts the answers of a storm by kind of request and status. */
export class Tally {
  readonly counts = new Map<string, number>();
  readonly failures: string[] = [];
  /** The slowest request. */
  slowest = { key: '', milliseconds: 0 };

  add(name: string, status: number, text: string, milliseconds: number): void {
    const key = `${name} ${status}`;
    if (milliseconds > this.slowest.milliseconds) this.slowest = { key, milliseconds };
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (status >= 500) this.failures.push(`${key}: ${text}`);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Prints the counts of a long storm. */
  report(title: string): void {
    if (!process.env.STORM_SECONDS) return;
    const lines = [...this.counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, count]) => `      ${key}: ${count}`);
    console.log(
      `    ${title}: ${this.total} requests, the slowest ${Math.round(this.slowest.milliseconds)} ms (${this.slowest.key})\n${lines.join('\n')}`,
    );
  }
}

const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;

/** Sends the requests of a storm to its servers in turn. */
export class Load {
  readonly tally = new Tally();
  #turn = 0;

  constructor(
    private readonly servers: readonly { url: string }[],
    private readonly users: readonly number[],
    private readonly admin: number,
  ) {}

  /** Sends one request and counts its answer. */
  async ask(name: string, method: string, path: string, user?: number, body?: object) {
    this.#turn += 1;
    const { url } = this.servers[this.#turn % this.servers.length] as { url: string };
    const start = performance.now();
    const response = await fetch(url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...(user !== undefined && authorization(user)) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    this.tally.add(name, response.status, text, performance.now() - start);
    return { status: response.status, body: text && response.status < 500 ? JSON.parse(text) : null };
  }

  /** Runs writers, at random, and readers until the time is up. */
  async storm(
    milliseconds = STORM_MS,
    bulk = Object.keys(bulkOperations),
    { catalogue = true } = {},
  ): Promise<void> {
    this.#changesCatalogue = catalogue;
    const end = Date.now() + milliseconds;
    const until = async (step: () => Promise<unknown>) => {
      while (Date.now() < end) await step();
    };
    await this.#read();
    await Promise.all([
      ...Array.from({ length: WORKERS }, () => until(() => this.#write())),
      ...Array.from({ length: READERS }, () => until(() => this.#read())),
      ...(bulk.length > 0 ? Array.from({ length: 3 }, () => until(() => this.#bulk(pick(bulk)))) : []),
    ]);
  }

  /** The movies of the last list that was read, and reviews that probably exist. */
  #movies: number[] = [1];
  #reviews = new Set<number>();
  #changesCatalogue = true;

  async #read(): Promise<void> {
    const list = await this.ask('list movies', 'GET', '/watch/watchlist/?ordering=-id&page_size=8');
    this.#movies = list.body.results.map(({ id }: ShownMovie) => id);
    for (const id of this.#movies) {
      const { status, body } = await this.ask('read movie', 'GET', `/watch/watchlist/${id}/`);
      if (status === 200) expectAgreement(body);
    }
  }

  #bulk(name: string) {
    return this.ask(`bulk ${name}`, 'POST', `/bulk/${name}`);
  }

  /** Votes for reviews and saves movies, as visitors do beside reviewing. Users who may leave do so, too. */
  async #judge(): Promise<void> {
    const user = pick([...this.users, ...this.leaving]);
    const method = Math.random() < 0.7 ? 'PUT' : 'DELETE';
    const id = pick([...this.#reviews]) ?? 1;
    await this.ask('vote', method, `/watch/review/${id}/helpful/`, user);
    await this.ask('save', method, `/account/saved/${pick(this.#movies)}/`, user);
  }

  async #write(): Promise<void> {
    if (Math.random() < 0.3) return this.#judge();
    const user = pick(this.users);
    const id = pick([...this.#reviews]) ?? 1;
    const path = `/watch/review/${id}/`;
    const stars = 1 + Math.floor(Math.random() * 5);
    const dice = Math.random();
    if (dice < 0.45) {
      const target = `/watch/${pick(this.#movies)}/review-create/`;
      const { status, body } = await this.ask('create', 'POST', target, user, { rating: stars });
      if (status === 201) this.#reviews.add(body.id);
    } else if (dice < 0.65) {
      await this.#change('edit', 'PATCH', id, { rating: stars });
    } else if (dice < 0.8) {
      await this.#change('moderate', 'PATCH', id, { active: Math.random() < 0.5 });
    } else if (dice < 0.92) {
      await this.#change('delete', 'DELETE', id);
    } else if (dice < 0.94) {
      await this.ask('report', 'POST', `${path}report/`, user, { reason: 'Out of order.' });
    } else if (dice < 0.98) {
      if (this.#changesCatalogue) await this.#changeCatalogue();
    } else if (this.leaving.length > 0) {
      await this.ask('delete user', 'DELETE', '/account/me/', pick(this.leaving), { password: PASSWORD });
    }
  }

  async #change(name: string, method: string, id: number, body?: object): Promise<void> {
    const { status } = await this.ask(name, method, `/watch/review/${id}/`, this.admin, body);
    if (status === 204 || status === 404) this.#reviews.delete(id);
  }

  /** Users who may delete their accounts. */
  leaving: readonly number[] = [];

  async #changeCatalogue(): Promise<void> {
    const { body } = await this.ask('list platforms', 'GET', '/watch/platformlist/?page_size=50');
    const platform = pick((body?.results ?? []) as { id: number }[])?.id ?? 1;
    const movie = pick(this.#movies);
    const dice = Math.random();
    const path = `/watch/watchlist/${movie}/`;
    if (dice < 0.8) await this.ask('move movie', 'PATCH', path, this.admin, { platform });
    else if (dice < 0.95) await this.ask('delete movie', 'DELETE', path, this.admin);
    else await this.ask('delete platform', 'DELETE', `/watch/platformlist/${platform}/`, this.admin);
    if (dice >= 0.8) {
      const fields = { title: 'New', storyline: 'A story.', platform: '1' };
      await this.ask('create movie', 'POST', '/watch/watchlist/', this.admin, fields);
    }
  }
}

/** The first and last id of users who may delete their accounts during a storm. */
export function leavingIds(howMany: number): [number, number] {
  return [1_000, 1_000 + howMany - 1];
}

/** The first and last id of users that bulk operations write reviews for and delete. */
export function spareIds(howMany: number): [number, number] {
  return [SPARE_FROM, SPARE_FROM + howMany - 1];
}

/** Expects that no request failed. */
export function expectNoFailures({ failures }: Tally): void {
  expect(failures.slice(0, 5)).to.deep.equal([]);
}
