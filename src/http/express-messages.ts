import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

/** The classes that an HTTP server makes requests and answers of. */
export interface Messages {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse;
}

/**
 * Has an application's requests and answers born as such. Express would change the prototype of each that it is given,
 * and what V8 has learnt of such objects is lost with it: all that touches them becomes slow.
 * @returns what the server is to be made with
 */
export function bearMessages(app: Express): Messages {
  const { request, response } = app;
  class AppRequest extends IncomingMessage {
    private parsed?: unknown;

    /** As Express's, which parses the query each time that it is asked for. */
    get query(): unknown {
      return (this.parsed ??= Reflect.get(request, 'query', this));
    }
  }
  class AppResponse<R extends IncomingMessage> extends ServerResponse<R> {}
  Object.setPrototypeOf(AppRequest.prototype, request);
  Object.setPrototypeOf(AppResponse.prototype, response);
  app.request = AppRequest.prototype as unknown as typeof app.request;
  app.response = AppResponse.prototype as typeof app.response;
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}
