import type { RequestHandler } from 'express';
import { refusal } from '../errors.js';

const ALLOW = 'GET, HEAD, OPTIONS';

/** Follows a GET handler: answers OPTIONS with the allowed methods, and refuses all but GET and HEAD with a 405. */
export const onlyGet: RequestHandler = (request, response) => {
  if (request.method !== 'OPTIONS')
    throw refusal(405, `Method "${request.method}" not allowed.`, { Allow: ALLOW });
  response.status(204).set('Allow', ALLOW).end();
};
