import type { Request, RequestHandler, Response } from 'express';

/** Runs a middleware to where it would call the next; rejects where it refuses. */
export function pass(handler: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown) => (error ? reject(error) : resolve());
    Promise.resolve(handler(request, response, next)).catch(reject);
  });
}
