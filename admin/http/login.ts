import type { CurrentAdmin, default as AdminJS } from 'adminjs';
import { callbackify } from 'node:util';
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import session from 'express-session';
import passports from 'passport';
import { Strategy } from 'passport-local';
import { logIn } from '../../src/auth/accounts.js';
import { type Role, User } from '../../src/models/user.js';
import { can } from '../../src/policies/policies.js';
import type { SessionStore } from './session-store.js';

declare module 'express-session' {
  interface SessionData {
    /** The user whom AdminJS regards as logged in. */
    adminUser?: CurrentAdmin;
  }
}

const REFUSED = 'Please enter the username and password of a moderator or an admin.';
const LOGIN_BYTES = 10_000;

export interface LoginOptions {
  admin: AdminJS;
  store: SessionStore;
  /** The session cookie's secrets: the first signs, all verify. */
  secrets: string[];
  /** Run before each attempt, with its form in `request.body`. Their refusals are shown on the login page. */
  throttles: RequestHandler[];
}

/**
 * The session, the routes `/login` and `/logout`, and the guard of all later routes. AdminJS's Express plug-in has a login,
 * too, but it keeps the session id (fixation) and answers 200 to a wrong password.
 */
export function createLogin({ admin, store, secrets, throttles }: LoginOptions): Router {
  const router = Router();
  const passport = createPassport();
  const { rootPath, loginPath } = admin.options;

  router.use(
    session({
      name: 'marquee.sid',
      secret: secrets,
      store,
      resave: false,
      saveUninitialized: false,
      cookie: { path: rootPath, httpOnly: true, sameSite: 'strict', secure: 'auto' },
    }),
    passport.session() as RequestHandler,
  );

  const render = (request: Request, errorMessage?: string) => {
    const next = pageAfterLogin(request, rootPath);
    const action = next === rootPath ? loginPath : `${loginPath}?next=${encodeURIComponent(next)}`;
    return admin.renderLogin({ action, errorMessage });
  };
  const sendForm = async (request: Request, response: Response, errorMessage?: string) => {
    response.send(await render(request, errorMessage));
  };

  router.get('/login', (request, response) => {
    if (!request.user) return sendForm(request, response);
    return response.redirect(303, pageAfterLogin(request, rootPath));
  });

  router.post(
    '/login',
    express.urlencoded({ extended: false, limit: LOGIN_BYTES }),
    (request: Request, response: Response, next: NextFunction) => {
      request.body ??= {};
      renderRefusals(response, (message) => render(request, message));
      next();
    },
    ...throttles,
    passport.authenticate('local', { failWithError: true }) as RequestHandler,
    (request: Request, response: Response) => response.redirect(303, pageAfterLogin(request, rootPath)),
    (error: Error, request: Request, response: Response, next: NextFunction) => {
      if (error.name !== 'AuthenticationError') return next(error);
      response.status(401);
      return sendForm(request, response, REFUSED);
    },
  );

  const logOut = (request: Request, response: Response, next: NextFunction) => {
    request.session.destroy((error: unknown) => {
      if (error) return next(error);
      return response.clearCookie('marquee.sid', { path: rootPath }).redirect(303, loginPath);
    });
  };
  // The panel's menu logs out by GET; refuseCrossSite allows that only from the panel's own pages.
  router.route('/logout').get(logOut).post(logOut);

  router.use((request, response, next) => {
    const user = request.user as User | undefined;
    if (user) {
      identify(request, user);
      next();
    } else if (request.method === 'GET' && !/^\/api\b/i.test(request.path)) {
      response.redirect(303, `${loginPath}?next=${encodeURIComponent(request.originalUrl)}`);
    } else {
      // AdminJS's client recognises an expired session only by a redirect to the login page.
      response.redirect(303, loginPath);
    }
  });
  return router;
}

function createPassport(): passports.Authenticator {
  const passport = new passports.Authenticator();
  passport.use(new Strategy({ usernameField: 'email' }, callbackify(staffLogin)));
  passport.serializeUser((user, done) => done(null, (user as User).id));
  // Reads the user at every request, so that deactivation and demotion take effect at once.
  passport.deserializeUser(callbackify(staffMember));
  return passport;
}

async function staffLogin(username: unknown, password: unknown): Promise<User | false> {
  if (typeof username !== 'string' || typeof password !== 'string') return false;
  const user = await logIn(username, password);
  return user !== null && mayEnter(user) && user;
}

async function staffMember(id: number): Promise<User | false> {
  const user = await User.findByPk(id);
  return user !== null && mayEnter(user) && user;
}

function mayEnter(user: User): boolean {
  return user.is_active && can(user, 'read', 'panel');
}

/** Sets AdminJS's user. AdminJS prints it into its pages unescaped: only id, name and role. */
function identify(request: Request, { id, username, role }: User): void {
  const adminUser: CurrentAdmin = { id: String(id), email: username, title: ROLE_TITLES[role as Role], role };
  // Not enumerable, so that it is not stored with the session and cannot outlive a change of role.
  Object.defineProperty(request.session, 'adminUser', { value: adminUser, configurable: true });
}

const ROLE_TITLES = { user: 'User', moderator: 'Moderator', admin: 'Admin' };

/** The page to open after login: `next` in the query string if it is a page of the panel, or the dashboard. */
function pageAfterLogin(request: Request, rootPath: string): string {
  const { next } = request.query;
  if (typeof next !== 'string' || !URL.canParse(next, 'http://panel')) return rootPath;
  const { origin, pathname, search } = new URL(next, 'http://panel');
  return origin === 'http://panel' && pathname.startsWith(`${rootPath}/`) ? pathname + search : rootPath;
}

/** Turns JSON refusals, such as a throttle's 429, into a login page with their text. */
function renderRefusals(response: Response, render: (message: string) => Promise<string>): void {
  const json = response.json.bind(response);
  response.json = (body: { detail?: unknown } | undefined) => {
    if (response.statusCode < 400 || typeof body?.detail !== 'string') return json(body);
    render(body.detail).then(
      (page) => response.type('html').send(page),
      () => json(body),
    );
    return response;
  };
}
