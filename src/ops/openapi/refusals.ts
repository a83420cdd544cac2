import { z } from 'zod';
import type { AnyRoute, Upload } from '../../http/routing/route.js';
import { can } from '../../policies/policies.js';
import type { Components, JsonObject } from './components.js';
import { type HeaderName, headersOf } from './headers.js';

/** The refusals of the API: the routes that can give each, and its headers. */

const COMMON_HEADERS: { [N in HeaderName]?: boolean } = {
  'X-Request-Id': true,
  RateLimit: false,
  'RateLimit-Policy': false,
};

interface Refusal {
  name: string;
  description: string;
  detail: string;
  /** The description and detail where the body is a file. */
  ofUpload?: (upload: Upload) => { description: string; detail: string };
  headers?: { [N in HeaderName]?: boolean };
  /** Whether a route can give it. */
  appliesTo: (route: AnyRoute) => boolean;
}

const always = () => true;
const writes = ({ method }: AnyRoute) => method !== 'GET';

/** Whether the route refuses an ordinary user some or all records. */
export function mayBeForbidden({ policy: [subject, action] }: AnyRoute): boolean {
  return !can({ id: 1, role: 'user' }, action as never, subject, { user_id: 2, active: true });
}

/** Whether the route answers anonymous requests. */
export function isPublic({ policy: [subject, action] }: AnyRoute): boolean {
  return can(null, action as never, subject);
}

const REFUSALS: { [status: string]: Refusal } = {
  401: {
    name: 'Unauthorized',
    description:
      'Credentials are missing where they are needed, or wrong, expired or revoked: these are refused everywhere.',
    detail: 'Authentication credentials were not provided.',
    headers: { 'WWW-Authenticate': true },
    appliesTo: always,
  },
  403: {
    name: 'Forbidden',
    description: 'You are known, and may not do this.',
    detail: 'You do not have permission to perform this action.',
    appliesTo: mayBeForbidden,
  },
  404: {
    name: 'NotFound',
    description: 'There is no such record, or no such page, or you may not know of it.',
    detail: 'Not found.',
    appliesTo: ({ path, answers, mayBeMissing }) =>
      path.includes(':') || answers.page || mayBeMissing === true,
  },
  405: {
    name: 'MethodNotAllowed',
    description:
      'The path does not have this method: so is any method answered that is not listed here. `OPTIONS` is answered with a 204 and the same header.',
    detail: 'Method "PUT" not allowed.',
    headers: { Allow: true },
    appliesTo: always,
  },
  409: {
    name: 'Conflict',
    description: 'A request with this `Idempotency-Key` is still running.',
    detail: 'A request with this Idempotency-Key is still running.',
    headers: { 'Retry-After': false },
    appliesTo: ({ idempotent }) => idempotent === true,
  },
  412: {
    name: 'PreconditionFailed',
    description: 'The record has changed since the `ETag` in `If-Match` was read. Read it again.',
    detail: 'The record has changed since.',
    appliesTo: ({ represent }) => represent !== undefined,
  },
  413: {
    name: 'ContentTooLarge',
    description: 'The body has more than 102,400 bytes.',
    detail: 'The request body is too large.',
    ofUpload: ({ limit }) => ({
      description: `The file has more than ${limit.toLocaleString('en')} bytes.`,
      detail: 'The request body is too large.',
    }),
    appliesTo: writes,
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is neither JSON nor a form in UTF-8.',
    detail: 'Unsupported media type "text/plain" in request.',
    ofUpload: ({ types, refusals }) => ({
      description: `The file is none of ${types.join(', ')}.`,
      detail: refusals.kind,
    }),
    appliesTo: writes,
  },
  422: {
    name: 'UnprocessableContent',
    description: 'This `Idempotency-Key` was used with another body.',
    detail: 'This Idempotency-Key was used with another body.',
    appliesTo: ({ idempotent }) => idempotent === true,
  },
  429: {
    name: 'TooManyRequests',
    description: 'Too many requests. Wait as long as `Retry-After` says.',
    detail: 'Request was throttled. Expected available in 17 seconds.',
    headers: { 'Retry-After': true, RateLimit: true, 'RateLimit-Policy': true },
    appliesTo: always,
  },
  500: {
    name: 'ServerError',
    description: 'A fault of the server. Its log has more, under the request’s id.',
    detail: 'A server error occurred.',
    appliesTo: always,
  },
  503: {
    name: 'Unavailable',
    description: 'The database is away or busy, or the server lacks what the request needs. Try again later.',
    detail: 'The service is temporarily unavailable.',
    headers: { 'Retry-After': false },
    appliesTo: always,
  },
};

const originalText = z.string().max(100).meta({
  description: 'The words of the service that Marquee replaces, for its clients.',
  example: 'not found',
});

export const errorSchema = z
  .object({
    detail: z.string().max(20_000).meta({ description: 'A sentence for people.', example: 'Not found.' }),
    error: originalText.optional(),
  })
  .meta({ id: 'Error', description: 'Why a request was refused.' });

/** The 401 of a login for JSON web tokens, whose clients are told by a field of its own that a code is asked for. */
const loginErrorSchema = errorSchema
  .extend({
    otp_required: z.literal(true).optional().meta({
      description: 'The password is right, and a code of the second factor is asked for, in `otp`.',
      example: true,
    }),
  })
  .meta({ id: 'LoginError', description: 'Why a login was refused.' });

const faults = z
  .array(
    z
      .string()
      .max(20_000)
      .meta({ description: 'A sentence for people.', example: 'This field is required.' }),
  )
  .min(1)
  .max(10_000)
  .meta({ id: 'Faults', description: 'What is wrong with a field.' });

/** The names under which a 400 may report faults. */
function faultNames({ body, upload, query, fields, rules }: AnyRoute): string[] {
  const names = [body, query].flatMap((schema) =>
    schema instanceof z.ZodObject ? Object.keys(schema.shape) : [],
  );
  if (upload) names.push(upload.field);
  if (fields) names.push('fields');
  // Rules that involve several fields, of a body or of a login.
  if (body || rules) names.push('non_field_errors');
  return names;
}

/** The 400 of a malformed request or of faults by field or parameter. */
function invalidOf(route: AnyRoute, components: Components, error: JsonObject): JsonObject {
  const { path } = route;
  const names = faultNames(route);
  if (names.length === 0 && !writes(route)) return {};
  const [first] = names;
  const example = first === undefined ? { detail: 'Malformed request.' } : { [first]: [exampleFault(route)] };
  const byName = {
    type: 'object',
    description: 'All faults, by the name of the field or parameter.',
    properties: {
      ...Object.fromEntries(names.map((name) => [name, components.schema(faults, 'output')])),
      ...(path === '/account/register/' ? { error: components.schema(originalText, 'output') } : {}),
    },
    additionalProperties: false,
    minProperties: 1,
  };
  const schemas = [...(names.length > 0 ? [byName] : []), ...(writes(route) ? [error] : [])];
  return {
    400: {
      description: writes(route)
        ? 'The body is malformed (`detail`), or fields of it are not as they must be.'
        : 'A parameter is not as it must be.',
      headers: headersOf(components, { ...COMMON_HEADERS, ...replayable(route, '400') }),
      content: components.json(schemas.length > 1 ? { anyOf: schemas } : (schemas[0] as JsonObject), example),
    },
  };
}

const exampleFault = (route: AnyRoute) =>
  route.upload
    ? route.upload.refusals.broken
    : writes(route)
      ? 'This field is required.'
      : 'A valid integer is required.';

/** The header of a refusal that an `Idempotency-Key` can replay. */
function replayable({ idempotent }: AnyRoute, status: string): { [N in HeaderName]?: boolean } {
  return idempotent && ['400', '404'].includes(status) ? { 'Idempotency-Replayed': false } : {};
}

function loginRefusal(components: Components): JsonObject {
  return {
    401: {
      description:
        'The username or the password is wrong, or the code of the second factor is missing or wrong.',
      headers: headersOf(components, { ...COMMON_HEADERS, 'WWW-Authenticate': true }),
      content: components.json(components.schema(loginErrorSchema, 'output'), {
        detail: 'A one-time password is required.',
        otp_required: true,
      }),
    },
  };
}

/** The refusals of a route, by status. */
export function refusalsOf(route: AnyRoute, components: Components): JsonObject {
  const error = components.schema(errorSchema, 'output');
  const refusals = Object.entries(REFUSALS).filter(([, { appliesTo }]) => appliesTo(route));
  const responses = refusals.map(([status, refusal]): [string, JsonObject] => {
    const { name, headers } = refusal;
    const { description, detail } = (route.upload && refusal.ofUpload?.(route.upload)) ?? refusal;
    const response = {
      description,
      headers: headersOf(components, { ...COMMON_HEADERS, ...headers, ...replayable(route, status) }),
      content: components.json(error, { detail }),
    };
    return [status, components.share('responses', name, response)];
  });
  return {
    ...invalidOf(route, components, error),
    ...Object.fromEntries(responses),
    ...(route.path === '/account/token/' ? loginRefusal(components) : {}),
  };
}
