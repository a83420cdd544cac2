import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import { log } from '../log.js';

/** Ids that a proxy in front may give a request; anything else is replaced. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** Gives every request an id, which the answer bears, and writes one line of log when it is answered. */
export const requestLog: RequestHandler = pinoHttp({
  logger: log,
  genReqId: (request, response) => {
    const given = request.headers['x-request-id'];
    const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    response.setHeader('X-Request-Id', id);
    return id;
  },
  customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
  // An answer of 500 is logged with its cause where it is made.
  customErrorMessage: () => 'request failed',
  customSuccessMessage: () => 'request',
  serializers: {
    req: (request: {
      id: string;
      method: string;
      url: string;
      raw: { socket: { remoteAddress?: string } };
    }) => ({
      id: request.id,
      method: request.method,
      url: request.url,
      address: request.raw.socket.remoteAddress,
    }),
    res: (response: { statusCode: number }) => ({ status: response.statusCode }),
  },
});
