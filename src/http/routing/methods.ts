import type { RequestHandler } from 'express';
import { refusal } from '../errors.js';

const ALLOW = 'GET, HEAD, OPTIONS';

/** Answers what is neither GET nor HEAD, behind a handler of those: OPTIONS by what is allowed, the rest by a 405. */
export const onlyGet: RequestHandler = (request, response) => {
  if (request.method !== 'OPTIONS')
    throw refusal(405, `Method "${request.method}" not allowed.`, { Allow: ALLOW });
  response.status(204).set('Allow', ALLOW).end();
};
