import type { IncomingMessage, Server } from 'node:http';
import { answerClientError } from './client-errors.js';

/** What a body must bring as long as it is not complete: so many bytes in so many milliseconds. */
export interface Progress {
  bytes: number;
  ms: number;
}

/**
 * Refuses requests whose bodies come too slowly. A limit of the whole would cut large files off that a slow line carries
 * well.
 */
export function refuseSlowBodies(server: Server, progress: Progress): void {
  server.on('request', (request) => {
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    if (length !== '0' || encoding !== undefined) watch(request, progress);
  });
}

function watch(request: IncomingMessage, { bytes, ms }: Progress): void {
  const { socket } = request;
  let seen = socket.bytesRead;
  let isHeld = false;
  const judge = () => {
    if (request.complete || request.destroyed) {
      clearInterval(timer);
      return;
    }
    const now = socket.bytesRead;
    const wasHeld = isHeld;
    // What is not taken from the request holds the client up: such a time does not count, nor does one that begins so.
    isHeld = request.readableLength > 0;
    if (now - seen >= bytes || isHeld || wasHeld) seen = now;
    else {
      clearInterval(timer);
      const error = new Error('the body comes too slowly');
      answerClientError(Object.assign(error, { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
    }
  };
  // Timers run before sockets are read: what came while the process was busy, or the handler did not read, comes first.
  const timer = setInterval(() => setImmediate(judge), ms).unref();
  request.once('close', () => clearInterval(timer));
}
