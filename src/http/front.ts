import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Express, Request, RequestHandler, Response } from 'express';
import { errorHandler } from './errors.js';
import { matches } from './etag.js';
import type { HotAnswer, HotAnswers } from './hot-answers.js';
import { pass } from './middleware.js';
import type { Throttles } from './throttle.js';

/** What happens to every request, whoever answers it. */
export interface Front {
  hot: HotAnswers;
  throttles: Throttles;
  /** Log and metrics. */
  observers: RequestHandler[];
  /** What sets the headers that every answer of the API has; one from memory bears its own. */
  headers: RequestHandler[];
}

/**
 * Answers from memory what is there, as the application would: counted, logged and measured like any request. All
 * else goes to the application, whose way through its middleware costs more than such an answer.
 */
export function answerFirst(app: Express, { hot, throttles, observers, headers }: Front): RequestListener {
  return (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // As the application itself does first of all.
    const request = Object.setPrototypeOf(incoming, app.request) as Request;
    const response = Object.setPrototypeOf(outgoing, app.response) as Response;
    request.res = response;
    request.originalUrl = request.url;
    const answer = hot.find(request);
    if (!answer) {
      app(incoming, outgoing);
      return;
    }
    send(request, response, answer)
      .catch((error: unknown) => refuse(request, response, error))
      .catch(() => response.destroy());
  };

  async function send(request: Request, response: Response, answer: HotAnswer): Promise<void> {
    request.route = answer.route;
    for (const observer of observers) await pass(observer, request, response);
    await throttles.count(request, response, answer.route.throttle);
    const known = request.headers['if-none-match'];
    if (known !== undefined && matches(known, answer.tag, { weak: true })) {
      response.writeHead(304, answer.bare).end();
    } else {
      response.writeHead(200, answer.headers).end(answer.text);
    }
  }

  async function refuse(request: Request, response: Response, error: unknown): Promise<void> {
    for (const header of headers) await pass(header, request, response);
    errorHandler(error, request, response, () => response.destroy());
  }
}
