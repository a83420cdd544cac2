/** @jsxImportSource preact */
import { renderToString } from 'preact-render-to-string';
import { toApiError } from '../../src/http/errors.js';
import { noteFailure } from '../../src/http/request-log.js';
import { matches } from '../../src/http/response/etag.js';
import type { RenderedResponse } from '../../src/http/response/respond.js';
import { errorView } from '../components/error.js';
import { Layout } from '../components/layout.js';
import { clearNotice, noticeOf, setNotice } from './notices.js';
import { Document, Redirect, type View, type Visit } from './page.js';
import { type Caching, type Encoding, encodingOf, PAGE_HEADERS, renderResponse } from './send.js';
import { sendStream } from './stream.js';

const HTML = 'text/html; charset=utf-8';

/** Leads to another page, which shows the notice. */
export function redirect({ request, response }: Visit, { location, status, notice }: Redirect): void {
  if (notice) setNotice(response, notice);
  response
    .writeHead(status, [
      'X-Request-Id',
      request.id,
      ...PAGE_HEADERS,
      'Location',
      location,
      'Cache-Control',
      'no-store',
    ])
    .end();
}

interface Sending {
  encoding: Encoding;
  /** Whether every visitor gets the same. */
  isShared: boolean;
}

/**
 * Sends what a page shows, or a 304 where the client has it.
 * @returns the response; null where it was a stream or a redirect
 */
export async function send(
  visit: Visit,
  shown: View | Redirect | Document,
  { encoding, isShared }: Sending,
): Promise<RenderedResponse | null> {
  const { request, response, language } = visit;
  if (shown instanceof Redirect) {
    redirect(visit, shown);
    return null;
  }
  if (shown instanceof Document && typeof shown.text !== 'string') {
    response.set(shown.headers);
    await sendStream(visit, shown.contentType, shown.text);
    return null;
  }
  const notice = noticeOf(visit);
  if (notice) clearNotice(response);
  const isDocument = shown instanceof Document;
  const rendered = await renderResponse(
    isDocument ? (shown.text as string) : renderView(visit, shown, notice),
    encoding,
    { contentType: isDocument ? shown.contentType : HTML, language, caching: cachingOf(shown, isShared) },
  );
  if (isDocument) rendered.headers.push(...Object.entries(shown.headers).flat());
  const status = isDocument ? 200 : (shown.status ?? 200);
  const clientTags = request.headers['if-none-match'];
  const id = ['X-Request-Id', request.id];
  if (status === 200 && clientTags !== undefined && matches(clientTags, rendered.tag)) {
    response.writeHead(304, [...id, ...rendered.headers]).end();
  } else {
    response.writeHead(status, [...id, ...rendered.headers, ...rendered.textHeaders]).end(rendered.text);
  }
  return rendered;
}

function cachingOf(shown: View | Document, isShared: boolean): Caching {
  if ('isSecret' in shown && shown.isSecret) return 'no-store';
  return isShared ? 'no-cache' : 'private, no-cache';
}

function renderView(visit: Visit, view: View, notice?: string): string {
  return `<!doctype html>${renderToString(<Layout visit={visit} view={view} notice={notice} />)}`;
}

/** Sends the page of a refusal or a fault, and notes a fault for the log. Closes the connection where a page has been begun. */
export async function sendError(visit: Visit, error: unknown): Promise<void> {
  const { request, response } = visit;
  const refused = toApiError(error);
  if (refused.status >= 500) noteFailure(request, response, refused.status, error as Error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.set(refused.headers);
  const view = errorView(visit, refused);
  await send(visit, view, { encoding: encodingOf(request), isShared: false });
}
