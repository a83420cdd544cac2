import type { ApiError } from '../../src/http/errors.js';
import { translate } from '../locale/messages.js';
import type { Fields, FormState, Visit } from './page.js';

/** Fields whose values are never sent back. */
const SECRET = /passw|otp|token/i;

/** What a form that the API has refused shows. */
export function formStateOf({ body }: ApiError, fields: Fields, { language }: Visit): FormState {
  const faults = Object.fromEntries(
    Object.entries(body)
      .filter((entry): entry is [string, string[]] => Array.isArray(entry[1]))
      .map(([name, messages]) => [name, messages.map((message) => translate(message, language))]),
  );
  const general = 'detail' in body && typeof body.detail === 'string' ? [body.detail] : [];
  const detail = [
    ...general.map((message) => translate(message, language)),
    ...(faults.non_field_errors ?? []),
  ];
  const values = Object.fromEntries(Object.entries(fields).filter(([name]) => !SECRET.test(name)));
  return { name: fields.form ?? '', values, faults, ...(detail.length > 0 && { detail: detail.join(' ') }) };
}
