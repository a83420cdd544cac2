import type { RequestHandler } from 'express';

/** A handler that is loaded after the application is put together. */
export interface LazyHandler {
  /** Passes requests on; they wait until the handler is loaded. */
  handler: RequestHandler;
  /** Loads the handler, once for all calls. Rejects where it can't be loaded. */
  load: () => Promise<void>;
}

/**
 * Makes a handler that loads at its first use.
 * @param make loads the handler; called once
 */
export function lazyHandler(make: () => Promise<RequestHandler>): LazyHandler {
  let made: Promise<RequestHandler> | undefined;
  const get = () => (made ??= make());
  return {
    handler: (request, response, next) => {
      get().then((handle) => handle(request, response, next), next);
    },
    load: async () => {
      await get();
    },
  };
}
