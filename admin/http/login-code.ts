import type { default as AdminJS } from 'adminjs';
import {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import type passports from 'passport';
import { OtpRefused } from '../../src/auth/otp/second-factor.js';
import { openPendingLogin, PENDING_LOGIN_SECONDS, sealPendingLogin } from '../../src/auth/pending-login.js';
import { readBody } from '../../src/http/request/body.js';
import { readCookie } from '../../src/http/request/cookie.js';
import type { LoginThrottles } from './login.js';
import { pageOf } from './page-address.js';
import { renderPage } from './render-page.js';
import { renderRefusals } from './render-refusals.js';

const COOKIE = 'marquee.panel-login';
const MS_PER_SECOND = 1_000;

const MESSAGES: Partial<Record<OtpRefused['fault'], string>> = {
  missing: 'This field is required.',
  'tried too often': 'Too many codes were wrong. Use a recovery code.',
};
const WRONG = 'The code is wrong, expired or used already.';

/** The code in a form of a login. */
export function otpIn(body: unknown): string | null {
  const { otp } = (body ?? {}) as { otp?: unknown };
  return typeof otp === 'string' ? otp : null;
}

/** The page that asks for the code of the second factor, once the password was right. */
export function createLoginCode({
  admin,
  throttles,
  passport,
}: {
  admin: AdminJS;
  throttles: LoginThrottles;
  passport: passports.Authenticator;
}): {
  /** After a login without a code, or with a wrong one: leads to the page. */
  askNext: ErrorRequestHandler;
  /** The page. */
  router: Router;
} {
  const { rootPath, loginPath } = admin.options;
  const path = `${loginPath}/code`;
  const withNext = (address: string, request: Request) => {
    const next = pageOf(request.query.next, rootPath);
    return next === rootPath ? address : `${address}?next=${encodeURIComponent(next)}`;
  };
  const render = (request: Request, errorMessage?: string) =>
    renderPage(admin, { page: 'code', action: withNext(path, request), errorMessage });
  const cookie = (request: Request) => ({
    path: rootPath,
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: request.secure,
  });

  const askNext = async (error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (!(error instanceof OtpRefused)) {
      next(error);
      return;
    }
    const { email, password } = request.body as { email: string; password: string };
    const sealed = sealPendingLogin({ username: email, password });
    response.cookie(COOKIE, sealed, { ...cookie(request), maxAge: PENDING_LOGIN_SECONDS * MS_PER_SECOND });
    if (error.fault === 'missing') response.redirect(303, withNext(path, request));
    else await refuse(error, request, response);
  };
  const refuse = async ({ fault }: OtpRefused, request: Request, response: Response) => {
    response.status(401).send(await render(request, MESSAGES[fault] ?? WRONG));
  };

  const router = Router();
  router.use('/login/code', (request, response, next) => {
    if (openPendingLogin(readCookie(request, COOKIE))) next();
    else response.clearCookie(COOKIE, cookie(request)).redirect(303, withNext(loginPath, request));
  });
  router.get('/login/code', async (request, response) => {
    response.send(await render(request));
  });
  router.post(
    '/login/code',
    (request: Request, response: Response, next: NextFunction) => {
      renderRefusals(response, (message) => render(request, message));
      next();
    },
    ...throttles.login,
    async (request: Request, response: Response, next: NextFunction) => {
      const pending = openPendingLogin(readCookie(request, COOKIE));
      const otp = otpIn(await readBody(request, response));
      request.body = { email: pending?.username, password: pending?.password, otp };
      next();
    },
    passport.authenticate('local', { failWithError: true }) as RequestHandler,
    (request: Request, response: Response) => {
      response.clearCookie(COOKIE, cookie(request)).redirect(303, pageOf(request.query.next, rootPath));
    },
    async (error: Error, request: Request, response: Response, next: NextFunction) => {
      if (error instanceof OtpRefused) {
        await refuse(error, request, response);
      } else if (error.name === 'AuthenticationError' || error.name === 'StaleLogin') {
        // The password has been changed meanwhile. The store would refuse the session that began with the login.
        if (error.name === 'StaleLogin') Reflect.deleteProperty(request, 'session');
        response.clearCookie(COOKIE, cookie(request)).redirect(303, withNext(loginPath, request));
      } else next(error);
    },
  );
  return { askNext, router };
}
