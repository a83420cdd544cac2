import { createHmac, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { SessionData } from 'express-session';
import { SessionStore } from '../../admin/http/session-store.js';
import { sessionSecrets } from '../../src/auth/secrets.js';
import type { Config } from '../../src/config.js';
import type { Role, User } from '../../src/models/user.js';
import { makeUser, PASSWORD, unique } from './factories.js';
import { atTheEnd, type Server, startServer } from './server.js';

/** Starts an app with the panel and another configuration. */
export function startPanel(changes: Partial<Config>): Promise<Server> {
  return startServer(changes, { panel: true });
}

let shared: Promise<Server> | undefined;

/** The app with the panel that all files share: the first caller starts it, and it is stopped after the last test. */
export function sharedPanel(): Promise<Server> {
  shared ??= (async () => {
    const panel = await startServer({}, { panel: true });
    atTheEnd(() => panel.close());
    return panel;
  })();
  return shared;
}

/** Makes a user of that role with `PASSWORD`. */
export function makeMember(role: Role, username = `${role}${unique()}`): Promise<User> {
  return makeUser({ role, username, email: `${username}@example.org`, password: PASSWORD });
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

const sessions = new SessionStore();

/** What express-session stores of its cookie. */
const COOKIE = { originalMaxAge: null, expires: null, httpOnly: true, path: '/admin', sameSite: 'strict' };

/** Stores a new session of a user; gives its cookie, signed as express-session does. */
async function sessionCookie({ id, security_stamp: stamp }: User): Promise<string> {
  const sid = randomUUID();
  const session = { cookie: COOKIE, passport: { user: { id, stamp } } } as unknown as SessionData;
  await promisify<void>((done) => sessions.set(sid, session, done))();
  const [secret] = sessionSecrets() as [string];
  const signature = createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '');
  return `marquee.sid=${encodeURIComponent(`s:${sid}.${signature}`)}`;
}

/** A client with cookies, as a browser on a page of the panel. */
export class PanelClient {
  cookie = '';

  constructor(public panel: Server) {}

  /** A client that has logged in as this user. */
  static async loggedIn(panel: Server, user: User): Promise<PanelClient> {
    const client = new PanelClient(panel);
    await client.become(user);
    return client;
  }

  /** Takes a session of this user, as a login stores it: to verify a password costs more than most requests. */
  async become(user: User): Promise<void> {
    this.cookie = await sessionCookie(user);
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

/** How long AdminJS may take to load, in milliseconds, when other processes are busy too. */
const LOADING_MS = 60_000;

/** A client of the shared panel that is logged in as a new user before each test. */
export class StaffClient extends PanelClient {
  user!: User;
}

/**
 * Gives the tests of the suite that calls it a client of the shared panel, logged in before each test as a new user.
 * @param username of the user; by default one that no other user of this run has
 */
export function staffClient(role: Role, username?: string): StaffClient {
  const client = new StaffClient(undefined as never);
  before(async function loadPanel() {
    this.timeout(LOADING_MS);
    client.panel = await sharedPanel();
  });
  beforeEach(async () => {
    client.user = await makeMember(role, username);
    await client.become(client.user);
  });
  return client;
}

/** @throws where the panel answers with a server error */
async function answered(response: Response): Promise<Answer> {
  const text = await response.text();
  if (response.status >= 500) throw new Error(`${response.url} answered ${response.status} ${text}`);
  const body = text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {};
  return { status: response.status, location: response.headers.get('location'), body };
}
