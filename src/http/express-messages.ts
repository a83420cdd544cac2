import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

/** The classes of an HTTP server's requests and responses. */
export interface MessageClasses {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse;
}

/**
 * Makes message classes whose instances have the application's prototypes from the start. Express sets the prototype of
 * each message, which makes V8 discard its optimisations for them.
 * @returns options for `http.createServer`
 */
export function createMessageClasses(app: Express): MessageClasses {
  const { request, response } = app;
  class AppRequest extends IncomingMessage {
    private parsed?: unknown;

    /** Parses the query once; Express does so at each access. */
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
