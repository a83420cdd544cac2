/** @jsxImportSource preact */
import type { ApiError } from '../../src/http/errors.js';
import type { View, Visit } from '../http/page.js';
import { translate } from '../locale/messages.js';

/** The page of a refusal or a fault. */
export function errorView({ text, request, language }: Visit, { status, body }: ApiError): View {
  const { errors } = text;
  const heading = errors.heading[status] ?? (status < 500 ? errors.heading[400] : errors.heading[500]) ?? '';
  const detail = status === 429 && 'detail' in body ? translate(String(body.detail), language) : undefined;
  const explanation =
    detail ?? errors.explanation[status] ?? errors.explanation[status < 500 ? 400 : 500] ?? '';
  return {
    title: heading,
    status,
    isUnlisted: true,
    body: (
      <section class="band">
        <div class="wrap message">
          <p class="message-status" aria-hidden="true">
            {status}
          </p>
          <h1>{heading}</h1>
          <p>{explanation}</p>
          <p>
            <a class="button" href="/">
              {errors.home}
            </a>
          </p>
          <p class="quiet">
            {errors.reference}: <code>{request.id}</code>
          </p>
        </div>
      </section>
    ),
  };
}
