import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { log } from '../log.js';
import { unsentResponses } from './pipelining.js';
import { SECURITY_HEADERS } from './response/headers.js';

/** The status and text of a refusal by Node's parser, by its error code; the others are a 400. */
const REFUSALS: Record<string, [status: number, detail: string]> = {
  // `limitPipelines` stops the parser with it.
  HPE_CB_HEADERS_COMPLETE: [429, 'Too many requests of this connection wait for their answers.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time: the connection is too slow.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The request body is too large.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers of the request are too large.'],
};

/** How long a client may take to read a refusal and close the connection. */
const LINGER_MS = 5_000;

/** The connections that are refused: Node tells the error again at each further chunk. */
const refused = new WeakSet<Duplex>();

/**
 * Answers a request that Node's parser refuses before there is a request, after those that came before it, and closes the
 * connection. Node's own answers have no body.
 */
export function answerClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (refused.has(socket)) return;
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy(error);
    return;
  }
  refused.add(socket);
  afterOthers(socket as Socket, (isAnswered) => {
    const linger = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(linger));
    if (isAnswered) socket.end();
    else socket.end(refuse(error, socket as Socket));
  });
}

/**
 * Calls `refuse` when the responses before a refusal are sent.
 * @param refuse told whether the refused request has an answer already, as it may have where its body is malformed
 */
function afterOthers(socket: Socket, refuse: (isAnswered: boolean) => void, isAnswered = false): void {
  if (socket.destroyed) return;
  const [first] = unsentResponses(socket);
  const isRefused = first !== undefined && !first.req.complete;
  if (!first || (isRefused && !first.headersSent)) refuse(isAnswered);
  else first.once('close', () => afterOthers(socket, refuse, isRefused));
}

/** Gives a refusal as bytes of HTTP, and logs that of a request that has no line of its own. */
function refuse({ code = '' }: { code?: string }, socket: Socket): string {
  const [status, detail] = REFUSALS[code] ?? [400, 'The request is not valid HTTP.'];
  const body = JSON.stringify({ detail });
  const id = randomUUID();
  if (unsentResponses(socket).length === 0) {
    const req = { id, route: 'none', address: socket.remoteAddress };
    log.info({ req, res: { status }, reason: detail }, 'request not read');
  }
  const headers = ['X-Request-Id', id, ...SECURITY_HEADERS];
  const lines = Array.from(
    { length: headers.length / 2 },
    (_, index) => `${headers[2 * index]}: ${headers[2 * index + 1]}`,
  );
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...lines,
    '',
    body,
  ].join('\r\n');
}
