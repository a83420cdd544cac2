import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Server as TcpServer } from 'node:net';
import type { MessageClasses } from './express-messages.js';

/*
 * What one client may take of the server. A connection costs little, but it must do something: one that sends or reads
 * by the drop is ended, and meanwhile nobody waits for it.
 */

/** The headers of a request must be there after this time. */
const HEADERS_MS = 15_000;
/** A whole request must be: at most 100 KiB. */
const REQUEST_MS = 30_000;
/** An open connection without a request is kept as long; longer than the proxies that keep theirs for a minute. */
const KEEP_ALIVE_MS = 65_000;
/** A connection on which nothing moves is ended: one who never reads an answer, say. No request may take as long. */
const STILL_MS = 120_000;
/** How often late requests are looked for. */
const CHECK_MS = 5_000;
/** Connections at once; those beyond are closed at once. */
const CONNECTIONS = 10_000;

/** How often connections that have become idle are closed while the server stops. */
const DRAIN_MS = 50;

/** The answers that each server owes. */
const owed = new WeakMap<Server, Set<ServerResponse>>();

/** Makes a server with limits for slow and idle clients; it does not listen yet. */
export function createLimitedServer(listener: RequestListener, messages: MessageClasses): Server {
  const server = createServer({ ...messages, connectionsCheckingInterval: CHECK_MS }, listener);
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.timeout = STILL_MS;
  server.maxConnections = CONNECTIONS;
  const answers = new Set<ServerResponse>();
  owed.set(server, answers);
  server.prependListener('request', (_request, response) => {
    answers.add(response);
    response.on('close', () => answers.delete(response));
  });
  return server;
}

/**
 * Stops a server: no new connections, and each open one is closed with its next answer. It resolves when all are gone.
 * @param options.idleMs how long idle connections are kept for a request that may be on its way
 * @param options.graceMs after which time running requests are cut off
 */
export async function drain(
  server: Server,
  { idleMs, graceMs }: { idleMs: number; graceMs: number },
): Promise<void> {
  owed.get(server)?.forEach(closeWith);
  server.prependListener('request', (_request, response) => closeWith(response));
  const begun = Date.now();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  const sweep = setInterval(() => {
    if (Date.now() - begun >= idleMs) server.closeIdleConnections();
  }, DRAIN_MS);
  await new Promise((resolve) => {
    // An HTTP server's own `close` would end idle connections at once.
    TcpServer.prototype.close.call(server, resolve);
  });
  clearTimeout(cut);
  clearInterval(sweep);
}

/** Ends a connection with an answer, where that is still to be said in it. */
function closeWith(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
