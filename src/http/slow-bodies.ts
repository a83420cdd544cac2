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
  const timer = setInterval(() => {
    const now = socket.bytesRead;
    if (request.complete) clearInterval(timer);
    // What is not taken from the request holds the client up.
    else if (now - seen >= bytes || request.readableLength > 0) seen = now;
    else {
      clearInterval(timer);
      const error = new Error('the body comes too slowly');
      answerClientError(Object.assign(error, { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
    }
  }, ms).unref();
  request.once('close', () => clearInterval(timer));
}
