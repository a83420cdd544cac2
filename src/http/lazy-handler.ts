import type { RequestHandler } from 'express';

/** A handler that is loaded after the application is put together. */
export interface LateHandler {
  /** Passes requests on; those that come before the handler is there wait for it. */
  handler: RequestHandler;
  /** Loads the handler, once however often it is called. Rejects where it can't be loaded. */
  load: () => Promise<void>;
}

/**
 * Puts off what takes long to load until it is asked for.
 * @param make makes the handler; called once
 */
export function late(make: () => Promise<RequestHandler>): LateHandler {
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
