import type { default as AdminJS } from 'adminjs';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { qrCode } from '../../src/auth/otp/qr-code.js';
import { hasSecondFactor } from '../../src/auth/otp/second-factor.js';
import { openNote, sealNote } from '../../src/auth/sealed-note.js';
import { ApiError, type Faults } from '../../src/http/errors.js';
import { readBody } from '../../src/http/request/body.js';
import type { Ask, Question } from '../../src/http/routing/in-process.js';
import { Session } from '../../src/models/session.js';
import type { User } from '../../src/models/user.js';
import type { AccountJson, TokenJson } from '../../src/presenters/account.js';
import type { AccountState, OwnLogin } from '../components/login/page-state.js';
import { renderPage } from './render-page.js';
import { IDLE_MS, storedSid } from './session-store.js';

const PATH = '/account';
const OTP = '/account/otp/';
const PURPOSE = 'panel second factor';
const SETUP_SECONDS = 3_600;
/** How many tokens the page shows. */
const TOKENS = 100;

type Fields = Record<string, string>;
/** What a form does: the part of the page to show, or nothing where the page is to be loaded anew. */
type Submit = (send: Send, fields: Fields, request: Request) => Promise<Partial<AccountState> | undefined>;
type Send = <Body>(method: Question['method'], path: string, body?: object) => Promise<Body>;

interface Setup {
  id: number;
  secret: string;
  uri: string;
}

const userOf = (request: Request) => request.user as User;

/** What each form of the page does. They ask the API: its checks, its limits and its messages are the page's. */
const FORMS: Record<string, Submit> = {
  email: async (send, { email, password }) => {
    const { email_pending } = await send<{ email_pending: string | null }>('PATCH', '/account/me/', {
      email,
      password,
    });
    return email_pending === null ? undefined : { emailPending: email_pending };
  },
  password: async (send, { old_password, new_password, new_password2 }) => {
    await send('POST', '/account/password/', { old_password, new_password, new_password2 });
    return undefined;
  },
  factor: async (send, { password }, request) => {
    const setup = await send<{ secret: string; uri: string }>('POST', OTP, { password });
    return shownSetup({ ...setup, id: userOf(request).id });
  },
  'factor-confirm': async (send, { otp }) => {
    const { recovery_codes } = await send<{ recovery_codes: string[] }>('POST', `${OTP}confirm/`, { otp });
    return { codes: recovery_codes };
  },
  'factor-off': async (send, { password, otp }) => {
    await send('DELETE', OTP, { password, otp });
    return undefined;
  },
  token: async (send, { id = '' }) => {
    await send('DELETE', `/account/tokens/${encodeURIComponent(id)}/`).catch(ignoreMissing);
    return undefined;
  },
  session: async (_send, { id = '' }, request) => {
    await Session.destroy({ where: { sid: id, user_id: userOf(request).id } });
    return undefined;
  },
};

/** It has ended by itself, or by another tab. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 404) throw error;
}

function shownSetup({ id, secret, uri }: Setup): Partial<AccountState> {
  const sealed = sealNote(PURPOSE, { id, secret, uri }, SETUP_SECONDS);
  return { setup: { secret, uri, ...qrCode(uri), sealed } };
}

/**
 * The page of one's own account, at `/account`: address, password, second factor, sessions and tokens. Mounted behind the
 * login. Where staff need a second factor it is the only one that opens until there is one.
 */
export function createOwnAccount({
  admin,
  ask,
  needsSecondFactor,
}: {
  admin: AdminJS;
  ask: Ask;
  needsSecondFactor: boolean;
}): Router {
  const { rootPath } = admin.options;
  const router = Router();

  const sendPage = async (request: Request, response: Response, more: Partial<AccountState>) => {
    const send = sender(ask, request, response);
    const account = await send<AccountJson>('GET', '/account/me/');
    const isShut = needsSecondFactor && !account.otp_enabled;
    const state: AccountState = {
      action: rootPath + PATH,
      home: rootPath,
      username: account.username,
      email: account.email,
      otpEnabled: account.otp_enabled,
      isShut,
      sessions: isShut ? [] : await sessionsOf(request),
      tokens: isShut ? [] : await tokensOf(send),
      ...more,
    };
    response.send(await renderPage(admin, { page: 'account', ...state }));
  };

  router.get(PATH, (request, response) => {
    const { done } = request.query;
    return sendPage(
      request,
      response,
      typeof done === 'string' && Object.hasOwn(FORMS, done) ? { done } : {},
    );
  });
  router.post(PATH, async (request, response) => {
    const fields = fieldsOf(await readBody(request, response));
    const { form = '' } = fields;
    const submit = Object.hasOwn(FORMS, form) ? FORMS[form] : undefined;
    if (!submit) {
      response.redirect(303, rootPath + PATH);
      return;
    }
    try {
      const shown = await submit(sender(ask, request, response), fields, request);
      if (shown) await sendPage(request, response, shown);
      else response.redirect(303, `${rootPath}${PATH}?done=${form}`);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status >= 500) throw error;
      response.status(error.status).set(error.headers);
      const setup = openNote(PURPOSE, fields.setup) as Setup | null;
      const again = form === 'factor-confirm' && setup?.id === userOf(request).id ? shownSetup(setup) : {};
      await sendPage(request, response, { ...again, refused: { form, faults: faultsOf(error) } });
    }
  });

  router.use((request: Request, response: Response, next: NextFunction) => {
    const admit = async () => {
      if (!needsSecondFactor || (await hasSecondFactor(userOf(request).id))) next();
      else if (request.method === 'GET' && !/^\/(api|export)\b/i.test(request.path))
        response.redirect(303, rootPath + PATH);
      else response.status(403).json({ detail: 'A second factor is needed here. Set one up first.' });
    };
    return admit();
  });
  return router;
}

/** Asks the API as the user of the panel's session. */
function sender(ask: Ask, request: Request, response: Response): Send {
  const sid = storedSid(request.sessionID);
  request.credentials = {
    user: userOf(request),
    login: Session.build({ sid } as never, { isNewRecord: false }),
  };
  const language = request.get('accept-language') ?? 'en';
  return async <Body>(method: Question['method'], path: string, body: object = {}) => {
    const question = { method, path, ...(method === 'GET' ? {} : { body }) };
    const { answer } = await ask(question, { request, response, mayBeStale: false, language });
    return ('page' in answer ? answer.page : answer.body) as Body;
  };
}

async function sessionsOf(request: Request): Promise<OwnLogin[]> {
  const where = { user_id: userOf(request).id };
  const rows = await Session.findAll({ where, order: [['expires', 'DESC']], limit: TOKENS });
  const current = storedSid(request.sessionID);
  return rows.map(({ sid, created, expires }) => ({
    id: sid,
    client: '',
    created: created.toISOString(),
    lastUsed: new Date(Math.max(created.getTime(), expires.getTime() - IDLE_MS)).toISOString(),
    current: sid === current,
  }));
}

async function tokensOf(send: Send): Promise<OwnLogin[]> {
  const { results } = await send<{ results: TokenJson[] }>('GET', '/account/tokens/');
  return results.map(({ id, client, created, last_used }) => ({
    id: String(id),
    client,
    created,
    lastUsed: last_used,
    current: false,
  }));
}

/** A form's fields that are texts. */
function fieldsOf(body: unknown): Fields {
  const entries = Object.entries(body ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

function faultsOf({ body }: ApiError): Faults {
  return 'detail' in body && typeof body.detail === 'string'
    ? { non_field_errors: [body.detail] }
    : (body as Faults);
}
