import type { RequestHandler } from 'express';

/**
 * Makes a handler that is loaded by the first request to it; requests wait meanwhile.
 * @param load called once; where it rejects, the waiting requests fail with that error, and the next one tries again
 */
export function lazyHandler(load: () => Promise<RequestHandler>): RequestHandler {
  let loading: Promise<RequestHandler> | undefined;
  return (request, response, next) => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    loading.then((handle) => handle(request, response, next), next);
  };
}
