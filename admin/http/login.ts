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
    /** Who AdminJS takes to be logged in. */
    adminUser?: CurrentAdmin;
  }
}

const REFUSED = 'Please enter the username and password of a moderator or an admin.';
const LOGIN_BYTES = 10_000;

/** What the login needs. */
export interface LoginOptions {
  admin: AdminJS;
  store: SessionStore;
  /** What signs the session cookie: the first signs, all of them verify. */
  secrets: string[];
  /** Run before each attempt, with its form in `request.body`; whatever they answer is shown on the login page. */
  throttles: RequestHandler[];
}

/**
 * The way into the panel: the session, the routes `/login` and `/logout`, and the guard before all that follows.
 * AdminJS's plug-in for Express has one too, which keeps the session id at login and answers 200 to a wrong password.
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
    const next = wantedPage(request, rootPath);
    const action = next === rootPath ? loginPath : `${loginPath}?next=${encodeURIComponent(next)}`;
    return admin.renderLogin({ action, errorMessage });
  };
  const show = async (request: Request, response: Response, errorMessage?: string) => {
    response.send(await render(request, errorMessage));
  };

  router.get('/login', (request, response) => {
    if (!request.user) return show(request, response);
    return response.redirect(303, wantedPage(request, rootPath));
  });

  router.post(
    '/login',
    express.urlencoded({ extended: false, limit: LOGIN_BYTES }),
    (request: Request, response: Response, next: NextFunction) => {
      request.body ??= {};
      showRefusals(response, (message) => render(request, message));
      next();
    },
    ...throttles,
    passport.authenticate('local', { failWithError: true }) as RequestHandler,
    (request: Request, response: Response) => response.redirect(303, wantedPage(request, rootPath)),
    (error: Error, request: Request, response: Response, next: NextFunction) => {
      if (error.name !== 'AuthenticationError') return next(error);
      response.status(401);
      return show(request, response, REFUSED);
    },
  );

  const logOut = (request: Request, response: Response, next: NextFunction) => {
    request.session.destroy((error: unknown) => {
      if (error) return next(error);
      return response.clearCookie('marquee.sid', { path: rootPath }).redirect(303, loginPath);
    });
  };
  // The panel's menu logs out by GET; refuseForgery lets only the panel's own pages do so.
  router.route('/logout').get(logOut).post(logOut);

  router.use((request, response, next) => {
    const user = request.user as User | undefined;
    if (user) {
      identify(request, user);
      next();
    } else if (request.method === 'GET' && !/^\/api\b/i.test(request.path)) {
      response.redirect(303, `${loginPath}?next=${encodeURIComponent(request.originalUrl)}`);
    } else {
      // AdminJS's client takes being led to the login page, and nothing else, for the end of the session.
      response.redirect(303, loginPath);
    }
  });
  return router;
}

function createPassport(): passports.Authenticator {
  const passport = new passports.Authenticator();
  passport.use(new Strategy({ usernameField: 'email' }, callbackify(staffLogin)));
  passport.serializeUser((user, done) => done(null, (user as User).id));
  // Read anew at every request: who is deactivated or demoted is out at once.
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

/** Tells AdminJS who is there. It prints this into its pages, unescaped: nothing but id, name and role. */
function identify(request: Request, { id, username, role }: User): void {
  const adminUser: CurrentAdmin = { id: String(id), email: username, title: ROLE_TITLES[role as Role], role };
  // Not enumerable, so that it is not stored with the session, where it could outlive a change of role.
  Object.defineProperty(request.session, 'adminUser', { value: adminUser, configurable: true });
}

const ROLE_TITLES = { user: 'User', moderator: 'Moderator', admin: 'Admin' };

/** The page of the panel that the visitor was on the way to. */
function wantedPage(request: Request, rootPath: string): string {
  const { next } = request.query;
  if (typeof next !== 'string' || !URL.canParse(next, 'http://panel')) return rootPath;
  const { origin, pathname, search } = new URL(next, 'http://panel');
  return origin === 'http://panel' && pathname.startsWith(`${rootPath}/`) ? pathname + search : rootPath;
}

/** Makes JSON refusals, such as a throttle's 429, a login page with their text. */
function showRefusals(response: Response, render: (message: string) => Promise<string>): void {
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
