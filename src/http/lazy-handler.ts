import type { RequestHandler } from 'express';

/** A handler that is loaded after the application has been created. */
export interface LazyHandler {
  /** Passes requests on. They wait until the handler is loaded. */
  handler: RequestHandler;
  /** Loads the handler once, however often it is called. Rejects if loading fails. */
  load: () => Promise<void>;
}

/**
 * Makes a handler that is loaded at its first use.
 * @param importHandler called once
 */
export function lazyHandler(importHandler: () => Promise<RequestHandler>): LazyHandler {
  let loading: Promise<RequestHandler> | undefined;
  const get = () => (loading ??= importHandler());
  return {
    handler: (request, response, next) => {
      get().then((handle) => handle(request, response, next), next);
    },
    load: async () => {
      await get();
    },
  };
}
