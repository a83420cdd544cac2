import type { RequestHandler } from 'express';

/**
 * Makes a handler that is loaded by the first request to it; requests wait meanwhile.
 * @param load called once; where it rejects, every request fails with that error
 */
export function lazyHandler(load: () => Promise<RequestHandler>): RequestHandler {
  let loading: Promise<RequestHandler> | undefined;
  return (request, response, next) => {
    loading ??= load();
    loading.then((handle) => handle(request, response, next), next);
  };
}
