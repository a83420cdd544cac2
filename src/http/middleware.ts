import type { Request, RequestHandler, Response } from 'express';

/** Runs a middleware until it calls `next`. Rejects with the error that it passes or throws. */
export function pass(handler: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown) => (error ? reject(error) : resolve());
    Promise.resolve(handler(request, response, next)).catch(reject);
  });
}
