import { type RequestHandler, Router } from 'express';

export async function createPanel(_options: {
  loginThrottles: RequestHandler[];
}): Promise<{ router: Router; close(): Promise<void> }> {
  return { router: Router(), close: async () => {} };
}
