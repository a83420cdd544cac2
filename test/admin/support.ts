import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { createPanel } from '../../admin/panel.js';
import { closeDatabase, sequelize } from '../../src/database.js';
import { migrate } from '../../src/migrations.js';
import { hashPassword } from '../../src/models/password.js';
import { Review } from '../../src/models/review.js';
import { Session } from '../../src/models/session.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { type Role, User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';

export const PASSWORD = 'correct horse battery';
const hashed = hashPassword(PASSWORD);

/** A panel that listens. */
export interface Panel {
  /** Its origin. */
  url: string;
  close(): Promise<void>;
}

/** Empties the tables and starts a panel on a free port; what it fails at is thrown by `close`. */
export async function startPanel(loginThrottles: RequestHandler[] = []): Promise<Panel> {
  await migrate();
  await emptyTables();
  const panel = await createPanel({ loginThrottles });
  const failures: unknown[] = [];
  const onError: ErrorRequestHandler = (error: Error & { status?: number }, _request, response, _next) => {
    if (!error.status) failures.push(error);
    response.status(error.status ?? 500).json({ detail: 'Server error.' });
  };
  const server = express().use('/admin', panel.router).use(onError).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await panel.close();
      if (failures.length > 0) throw new AggregateError(failures, String(failures[0]));
    },
  };
}

async function emptyTables(): Promise<void> {
  for (const table of ['review_reports', 'reviews', 'watch_lists', 'stream_platforms', 'users', 'sessions']) {
    await sequelize.query(`DELETE FROM ${table}`);
  }
}

after(closeDatabase);

let made = 0;

/** Makes a user with `PASSWORD`. */
export async function makeUser(role: Role, username = `${role}${(made += 1)}`): Promise<User> {
  return User.create({ username, email: `${username}@example.org`, password: await hashed, role });
}

/** Makes a movie, and a platform where none is given. */
export async function makeMovie(values: Partial<WatchList> = {}): Promise<WatchList> {
  const platform_id = values.platform_id ?? (await makePlatform()).id;
  return WatchList.create({
    title: 'Arrival',
    storyline: 'Words from afar.',
    ...values,
    platform_id,
  });
}

/** Makes a platform with a name of its own. */
export function makePlatform(name = `Platform ${(made += 1)}`): Promise<StreamPlatform> {
  return StreamPlatform.create({ name, about: 'Films.', website: 'https://example.org' });
}

/** Makes a review of a movie, by a user of its own where none is given. */
export async function makeReview(
  movie: WatchList,
  rating: number,
  values: Partial<Review> = {},
): Promise<Review> {
  const user_id = values.user_id ?? (await makeUser('user')).id;
  return Review.create({ rating, description: 'Well.', ...values, user_id, watchlist_id: movie.id });
}

/** How many sessions are stored. */
export function countSessions(): Promise<number> {
  return Session.count();
}

/** AdminJS's answer to a call of its API. */
export interface Answer {
  status: number;
  location: string | null;
  body: {
    record?: AnsweredRecord;
    records?: AnsweredRecord[];
    meta?: { total: number };
    notice?: { type: string; message: string };
    detail?: string;
  };
}

interface AnsweredRecord {
  params: Record<string, unknown>;
  populated: Record<string, { params: Record<string, unknown>; title: string }>;
  errors: Record<string, { message: string }>;
}

/** A client with cookies, as a browser on a page of the panel. */
export class Client {
  cookie = '';

  constructor(readonly panel: Panel) {}

  /** A client that has logged in as this user. */
  static async loggedIn(panel: Panel, user: User): Promise<Client> {
    const client = new Client(panel);
    const response = await client.logIn(user.username);
    if (response.status !== 303) throw new Error(`The login answered ${response.status}`);
    return client;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { 'sec-fetch-site': 'same-origin', cookie: this.cookie, ...init.headers };
    const response = await fetch(`${this.panel.url}${path}`, { redirect: 'manual', ...init, headers });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';', 1)[0] as string;
    return response;
  }

  logIn(email: string, password = PASSWORD): Promise<Response> {
    return this.fetch('/admin/login', { method: 'POST', body: new URLSearchParams({ email, password }) });
  }

  /** Reads from AdminJS's API. */
  async read(path: string): Promise<Answer> {
    return answered(await this.fetch(`/admin/api/resources/${path}`));
  }

  /** Sends a form to AdminJS's API. */
  async send(path: string, fields: Record<string, string | number | boolean> = {}): Promise<Answer> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, String(value));
    return answered(await this.fetch(`/admin/api/resources/${path}`, { method: 'POST', body }));
  }
}

async function answered(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {};
  return { status: response.status, location: response.headers.get('location'), body };
}
