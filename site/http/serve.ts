import type { Request, Response } from 'express';
import { notFound, refusal, toApiError } from '../../src/http/errors.js';
import { readBody } from '../../src/http/request/body.js';
import { readUploadedFile } from '../../src/http/request/upload.js';
import { uploadTurn } from '../../src/http/request/upload-turn.js';
import type { Throttles } from '../../src/http/request/throttle.js';
import { origin } from '../../src/http/response/links.js';
import type { ResponseCache } from '../../src/http/response/response-cache.js';
import { sendCached } from '../../src/http/response/send-cached.js';
import type { Ask } from '../../src/http/routing/in-process.js';
import { createApi } from '../api.js';
import { texts } from '../locale/index.js';
import { once } from '../once.js';
import { redirect, send, sendError } from './answer.js';
import { readCookie } from '../../src/http/request/cookie.js';
import { dropFactorSetup } from './factor-setup.js';
import { formStateOf } from './forms.js';
import type { PageMatch } from './match.js';
import { Document, type Fields, type FormState, type Page, Redirect, type View, type Visit } from './page.js';
import { languageOf, themeOf } from './preferences.js';
import { isSameOrigin } from './same-origin.js';
import { encodingOf, PAGE_HEADERS } from './send.js';
import { clearSession, readSession, SESSION_COOKIE } from './session.js';
import { searchOf, variantOf } from './variant.js';

/** The parts of the application that pages use. */
export interface Serving {
  ask: Ask;
  cache: ResponseCache;
  throttles: Throttles;
}

/** The methods of a page, as the `Allow` header has them. */
const methodsOf = ({ submit }: Page) => `GET, HEAD${submit ? ', POST' : ''}, OPTIONS`;

/** Answers a request for a page. It rejects only where not even an error page can be sent. */
export async function servePage(
  found: PageMatch,
  request: Request,
  response: Response,
  serving: Serving,
): Promise<void> {
  const visit = once(() => visitOf(found, request, response, serving));
  try {
    if (found.withoutSlash !== undefined && request.method !== 'POST') {
      redirect(visit(), new Redirect(`${found.withoutSlash}${searchOf(request)}`, 301));
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      const variant = variantOf(request);
      if (variant !== null && (await serveKept(variant, found, request, response, serving))) return;
      await serveView(found, visit(), serving, variant);
    } else if (request.method === 'POST' && found.page.submit) {
      await serveForm(found, visit(), serving);
    } else if (request.method === 'OPTIONS') {
      response
        .writeHead(204, ['X-Request-Id', request.id, ...PAGE_HEADERS, 'Allow', methodsOf(found.page)])
        .end();
    } else {
      throw refusal(405, `Method "${request.method}" not allowed.`, { Allow: methodsOf(found.page) });
    }
  } catch (error) {
    await sendError(visit(), error);
  }
}

/** Answers a request for a path that nothing has with an error page. */
export async function serveError(
  error: unknown,
  request: Request,
  response: Response,
  serving: Serving,
): Promise<void> {
  const found = { page: { path: request.path }, params: {} };
  const visit = visitOf(found, request, response, serving);
  try {
    await identify(visit);
  } catch {
    // The page is shown as to a visitor.
  }
  await sendError(visit, error);
}

function visitOf({ params }: PageMatch, request: Request, response: Response, { ask }: Serving): Visit {
  const query = new URLSearchParams(searchOf(request));
  const language = languageOf(request, query);
  const api = createApi(ask, { request, response, mayBeStale: false, language });
  return {
    request,
    response,
    path: request.originalUrl.replace(/\?.*$/s, ''),
    params,
    query,
    member: null,
    language,
    theme: themeOf(request),
    text: texts[language],
    origin: origin(request),
    api,
  };
}

/** Finds the member, and takes away the cookie of a session that has ended. */
async function identify(visit: Visit): Promise<void> {
  const { request, response } = visit;
  const credentials = await readSession(request);
  request.credentials = credentials;
  if (credentials) {
    const { id, username, email, role } = credentials.user;
    visit.member = { id, username, email, role };
  } else if (readCookie(request, SESSION_COOKIE) !== undefined) {
    clearSession(response);
    dropFactorSetup(response);
  }
}

/**
 * Sends a page from the response cache.
 * @returns whether it was there
 */
async function serveKept(
  variant: string,
  { page }: PageMatch,
  request: Request,
  response: Response,
  { cache, throttles }: Serving,
): Promise<boolean> {
  const kept = cache.find(request, variant) ?? (await cache.findPending(request, variant));
  if (!kept) return false;
  await throttles.count(request, response, page.throttle);
  sendCached(kept, request, response);
  return true;
}

/** @param variant null where the page is for one client only */
async function serveView(
  found: PageMatch,
  visit: Visit,
  serving: Serving,
  variant: string | null,
): Promise<void> {
  const { request, response } = visit;
  const { cache, throttles } = serving;
  const isShared = variant !== null;
  if (!isShared) await identify(visit);
  await throttles.count(request, response, found.page.throttle);
  const pending = isShared ? cache.begin(request, variant) : null;
  try {
    visit.api = createApi(serving.ask, {
      request,
      response,
      mayBeStale: isShared && !pending,
      language: visit.language,
    });
    const shown = await show(found, visit);
    const status = 'status' in shown ? (shown.status ?? 200) : 200;
    const rendered = await send(visit, shown, { encoding: encodingOf(request), isShared });
    const movies = visit.api.movies();
    if (pending && rendered && status === 200 && movies !== undefined) {
      cache.store(pending, {
        ...rendered,
        route: { path: found.page.path, ...(found.page.throttle && { throttle: found.page.throttle }) },
        movies,
      });
    }
  } finally {
    if (pending) cache.end(pending);
  }
}

async function show(
  { page }: PageMatch,
  visit: Visit,
  form?: FormState,
): Promise<View | Redirect | Document> {
  if (page.isForMembers && !visit.member) return signInFirst(visit);
  if (!page.show) throw notFound();
  return page.show(visit, form);
}

/** Leads to the page where one signs in, and from there back. */
function signInFirst({ request }: Visit): Redirect {
  return new Redirect(`/login?next=${encodeURIComponent(request.originalUrl)}`);
}

/** The refusals after which a form is shown again. */
const SHOWN_AGAIN = new Set([400, 413, 429]);

async function serveForm(found: PageMatch, visit: Visit, serving: Serving): Promise<void> {
  const { page } = found;
  const { request, response, text } = visit;
  await identify(visit);
  const { api } = visit;
  // The API counts what is asked of it; a form that asks nothing of it, or is refused before, counts here.
  const count = async () => {
    if (!api.hasWritten()) await serving.throttles.count(request, response, undefined);
  };
  let fields: Fields | undefined;
  const submit = async () => {
    if (!isSameOrigin(request)) throw refusal(403, text.errors.crossSite);
    if (page.isForMembers && !visit.member) return signInFirst(visit);
    if (page.upload && request.is('multipart/form-data')) {
      // Also where the file is refused, the form is shown again.
      fields = { form: page.upload.form };
      await serving.throttles.countUpload(request, response);
      await uploadTurn(request, response);
      visit.file = await readUploadedFile(request, response, page.upload);
      fields = visit.file.fields;
    } else fields = fieldsOf(await readBody(request, response));
    return page.submit?.(visit, fields) as Promise<Redirect | View>;
  };
  try {
    const done = await submit().finally(count);
    await send(visit, done, { encoding: encodingOf(request), isShared: false });
  } catch (error) {
    const refused = toApiError(error);
    if (!SHOWN_AGAIN.has(refused.status) || !page.show || !fields) throw error;
    visit.api = createApi(serving.ask, { request, response, mayBeStale: false, language: visit.language });
    const shown = await show(found, visit, formStateOf(refused, fields, visit));
    const isView = !(shown instanceof Redirect) && !(shown instanceof Document);
    response.set(refused.headers);
    await send(visit, isView ? { ...shown, status: refused.status } : shown, {
      encoding: encodingOf(request),
      isShared: false,
    });
  }
}

/** A form's fields that are texts. */
function fieldsOf(body: unknown): Fields {
  const entries = Object.entries(body ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}
