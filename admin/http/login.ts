import type { CurrentAdmin, default as AdminJS } from 'adminjs';
import { callbackify } from 'node:util';
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import session from 'express-session';
import passports from 'passport';
import { Strategy } from 'passport-local';
import { type LoginAttempt, verifyLogin } from '../../src/auth/accounts.js';
import { type Role, User } from '../../src/models/user.js';
import { can } from '../../src/policies/policies.js';
import { clientAddress } from '../../src/http/request/client-address.js';
import { readBody } from '../../src/http/request/body.js';
import { OPENER_HEADER } from '../components/session/opener.js';
import { createLoginCode, otpIn } from './login-code.js';
import { pageOf } from './page-address.js';
import { renderRefusals } from './render-refusals.js';
import type { SessionStore, SessionUser } from './session-store.js';

declare module 'express-session' {
  interface SessionData {
    /** The user whom AdminJS regards as logged in. */
    adminUser?: CurrentAdmin;
  }
}

const REFUSED = 'Please enter the username and password of a moderator or an admin.';

/** Ends a login as passport does when the credentials are wrong. */
class LoginRefused extends Error {
  override name = 'AuthenticationError';
}

export interface LoginOptions {
  admin: AdminJS;
  store: SessionStore;
  /** The session cookie's secrets: the first signs, all verify. */
  secrets: string[];
  /** Limits of attempts; the login page shows their refusals. */
  throttles: LoginThrottles;
}

/** The limits of attempts to log in. */
export interface LoginThrottles {
  /** Per address, as middleware. */
  login: RequestHandler[];
  /** Per account: see `Throttles`. */
  countAttempt: (request: Request, kind: 'login', username: string) => Promise<void>;
}

/**
 * The session, the routes `/login` and `/logout`, and the guard of all later routes. AdminJS's Express plug-in has a login,
 * too, but it keeps the session id (fixation) and answers 200 to a wrong password.
 */
export function createLogin({ admin, store, secrets, throttles }: LoginOptions): Router {
  const router = Router();
  const passport = createPassport(throttles);
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
    const next = pageOf(request.query.next, rootPath);
    const action = next === rootPath ? loginPath : `${loginPath}?next=${encodeURIComponent(next)}`;
    return admin.renderLogin({ action, errorMessage });
  };
  const sendForm = async (request: Request, response: Response, errorMessage?: string) => {
    response.send(await render(request, errorMessage));
  };
  const codes = createLoginCode({ admin, throttles, passport });

  router.get('/login', (request, response) => {
    if (!request.user) return sendForm(request, response);
    return response.redirect(303, pageOf(request.query.next, rootPath));
  });

  router.post(
    '/login',
    (request: Request, response: Response, next: NextFunction) => {
      renderRefusals(response, (message) => render(request, message));
      next();
    },
    ...throttles.login,
    async (request: Request, response: Response, next: NextFunction) => {
      const { email, password, otp } = (await readBody(request, response)) as Record<string, unknown>;
      // passport-local would look for what the form lacks in the query.
      if (!email || !password) throw new LoginRefused();
      request.body = { email, password, otp };
      next();
    },
    passport.authenticate('local', { failWithError: true }) as RequestHandler,
    (request: Request, response: Response) => response.redirect(303, pageOf(request.query.next, rootPath)),
    codes.askNext,
    (error: Error, request: Request, response: Response, next: NextFunction) => {
      if (!REFUSALS.has(error.name)) return next(error);
      // Express-session would save a session that began with the login, and the store refuse it once the form is sent.
      if (error.name === 'StaleLogin') Reflect.deleteProperty(request, 'session');
      response.status(401);
      return sendForm(request, response, REFUSED);
    },
  );

  router.use(codes.router);

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
    if (user && isPageOf(user, request)) {
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

function createPassport({ countAttempt }: LoginThrottles): passports.Authenticator {
  const passport = new passports.Authenticator();
  const options = { usernameField: 'email', passReqToCallback: true } as const;
  const verify = (request: Request, username: unknown, password: unknown) =>
    staffLogin({
      username,
      password,
      otp: otpIn(request.body),
      origin: { door: 'panel', address: clientAddress(request), requestId: request.id },
      count: (name) => countAttempt(request, 'login', name),
    });
  passport.use(new Strategy(options, callbackify(verify)));
  passport.serializeUser((user, done) => {
    const { id, security_stamp: stamp } = user as User;
    done(null, { id, stamp });
  });
  // Reads the user at every request, so that deactivation and demotion take effect at once.
  passport.deserializeUser(callbackify(staffMember));
  return passport;
}

async function staffLogin({
  username,
  password,
  ...attempt
}: Record<'username' | 'password', unknown> & Omit<LoginAttempt, 'username' | 'password'>): Promise<
  User | false
> {
  if (typeof username !== 'string' || typeof password !== 'string') return false;
  return (await verifyLogin({ ...attempt, username: username.trim(), password }, mayEnter)) ?? false;
}

async function staffMember({ id }: SessionUser): Promise<User | false> {
  const user = await User.findByPk(id);
  return user !== null && mayEnter(user) && user;
}

function mayEnter(user: User): boolean {
  return user.is_active && can(user, 'read', 'panel');
}

/**
 * Whether the page that sends a request was opened by the session's user: a tab that was left open must not act for who has
 * signed in since. Requests that name nobody are no page's.
 */
function isPageOf({ id }: User, request: Request): boolean {
  const opener = request.get(OPENER_HEADER);
  return opener === undefined || opener === String(id);
}

/** Sets AdminJS's user. AdminJS prints it into its pages unescaped: only id, name and role. */
function identify(request: Request, { id, username, role }: User): void {
  const adminUser: CurrentAdmin = { id: String(id), email: username, title: ROLE_TITLES[role as Role], role };
  // Not enumerable, so that it is not stored with the session and cannot outlive a change of role.
  Object.defineProperty(request.session, 'adminUser', { value: adminUser, configurable: true });
}

/** The errors of a login that is refused: by passport, or as the user's logins were ended meanwhile. */
const REFUSALS = new Set(['AuthenticationError', 'StaleLogin']);

const ROLE_TITLES = { user: 'User', moderator: 'Moderator', admin: 'Admin' };
