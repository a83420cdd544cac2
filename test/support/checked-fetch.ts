import { createPageMatcher } from '../../site/http/match.js';
import { pages } from '../../site/pages.js';

const plain = globalThis.fetch;
const pageAt = createPageMatcher(pages);

/** Whether an answer is of the site, which the document does not describe. */
const isOfSite = (path: string, { headers }: Response) =>
  headers.has('content-language') || path.startsWith('/assets/') || pageAt(path) !== undefined;

/**
 * `fetch` for all tests: checks each answer of the app against its OpenAPI document.
 * @throws {Error} where they differ
 */
async function checkedFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const response = await plain(input, init);
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.hostname !== '127.0.0.1' || url.pathname.startsWith('/admin')) return response;
  if (isOfSite(url.pathname, response)) return response;
  const method = (init.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase();
  // Read once: a clone would cost as much again as half the request.
  const bytes = await response.arrayBuffer();
  const text = new TextDecoder().decode(bytes);
  // The document takes a while to make, and some groups of tests never ask the API.
  const { contractFaults } = await import('./contract.js');
  const faults = contractFaults({ method, url, status: response.status, headers: response.headers, text });
  if (faults.length === 0) {
    return Object.assign(response, {
      arrayBuffer: () => Promise.resolve(bytes),
      text: () => Promise.resolve(text),
      json: () => Promise.resolve(JSON.parse(text) as unknown),
    });
  }
  throw new Error(
    `${method} ${url.pathname}${url.search} was answered with ${response.status}, not as its document says: ${faults.join('; ')}\n${text.slice(0, 2_000)}`,
  );
}

/** Replaces the global `fetch` by the checked one. */
export function checkEveryAnswer(): void {
  globalThis.fetch = checkedFetch;
}
