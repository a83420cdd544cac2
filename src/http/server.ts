import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';
import { ipKeyGenerator } from 'express-rate-limit';
import { answerClientError } from './client-errors.js';
import type { MessageClasses } from './express-messages.js';
import { limitPipelines, unsentResponses } from './pipelining.js';
import { type Progress, refuseSlowBodies } from './slow-bodies.js';

/*
 * Limits for slow and idle clients. An open connection costs little, but a client that sends or reads too slowly is
 * disconnected. No other client waits for it.
 */

/** How long a client may take to send a request's headers. */
const HEADERS_MS = 15_000;
/** What a request's body must bring until it is complete: 9 kbit/s, so that a slow line carries a large file. */
export const BODY_PROGRESS: Progress = { bytes: 32 * 1_024, ms: 30_000 };
/** How long an idle connection is kept: longer than by proxies, which keep theirs for a minute. */
const KEEP_ALIVE_MS = 65_000;
/** How long a connection may stand still, as when a client never reads its answer. It exceeds every request's time. */
const INACTIVE_MS = 120_000;
/** How often the server checks for late requests. */
const CHECK_MS = 5_000;
/** The most open connections. Further ones are closed immediately. */
const CONNECTIONS = 10_000;
/** The most of one address, so that no single one takes them all. */
const CONNECTIONS_OF_ADDRESS = CONNECTIONS / 2;

/** How often idle connections are closed while the server drains. */
const DRAIN_MS = 50;

/** The open connections of each server. */
const connections = new WeakMap<Server, Set<Socket>>();

/**
 * Makes a server with limits for slow and idle clients. It does not listen yet.
 * @param progress what a body must bring
 */
export function createLimitedServer(
  listener: RequestListener,
  messages: MessageClasses,
  progress = BODY_PROGRESS,
): Server {
  const server = createServer({ ...messages, connectionsCheckingInterval: CHECK_MS });
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = 0;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.timeout = INACTIVE_MS;
  server.maxConnections = CONNECTIONS;
  const open = new Set<Socket>();
  connections.set(server, open);
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('clientError', answerClientError).on('connection', limitByAddress());
  refuseSlowBodies(server, progress);
  limitPipelines(server, listener);
  return server;
}

/** Closes the connections of an address that has too many. */
function limitByAddress(): (socket: Socket) => void {
  const open = new Map<string, number>();
  return (socket) => {
    const address = ipKeyGenerator(socket.remoteAddress ?? '');
    const count = (open.get(address) ?? 0) + 1;
    if (count > CONNECTIONS_OF_ADDRESS) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  };
}

/**
 * Drains a server: it accepts no connections, and closes each open one with its next answer. Resolves when all are closed.
 * @param options.idleMs how long idle connections are kept for a request that may be on its way
 * @param options.graceMs how long running requests may take before they are cut off
 */
export async function drain(
  server: Server,
  { idleMs, graceMs }: { idleMs: number; graceMs: number },
): Promise<void> {
  for (const socket of connections.get(server) ?? []) unsentResponses(socket).forEach(closeWith);
  server.prependListener('request', (_request, response) => closeWith(response));
  const start = Date.now();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  const sweep = setInterval(() => {
    if (Date.now() - start >= idleMs) server.closeIdleConnections();
  }, DRAIN_MS);
  await new Promise((resolve) => {
    // An HTTP server's own `close` would end idle connections at once.
    TcpServer.prototype.close.call(server, resolve);
  });
  clearTimeout(cut);
  clearInterval(sweep);
}

/** Closes the connection with this response, unless its headers have been sent. */
function closeWith(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
