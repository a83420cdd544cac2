import { z } from 'zod';
import { config } from '../../config.js';
import { BARE_ROWS_MAX } from '../../http/lists/paging.js';
import { BODY_LIMIT } from '../../http/request/body.js';
import type { AnyRoute, Upload } from '../../http/routing/route.js';
import type { Components, JsonObject } from './components.js';
import { headersOf } from './headers.js';
import type { OperationText } from './texts/operation-text.js';
import { parametersOf } from './parameters.js';
import { isPublic, refusalsOf } from './refusals.js';

/** The name of a row's schema, by which its page's schema is named. */
const nameOf = (schema: z.ZodType) => schema.meta()?.id ?? 'Row';

const address = (description: string) =>
  z.string().max(10_000).meta({ format: 'uri' }).nullable().meta({ description, example: null });

/** The schema of a page of these rows. */
function pageSchema(row: z.ZodType): z.ZodType {
  const schema = z.object({
    count: z.int().min(0).optional().meta({
      description: 'How many rows there are in all; the cursor style does not count.',
      example: 1,
    }),
    next: address('The address of the next page; null on the last.'),
    previous: address('The address of the previous page; null on the first.'),
    results: z.array(row).max(config.MAX_PAGE_SIZE).meta({ description: 'The rows.' }),
  });
  return schema.meta({ id: `${nameOf(row)}Page`, description: 'One page of a list.' });
}

/** The schema of a list; with `LIST_STYLE=array` it may be an array. */
function listSchema(row: z.ZodType): z.ZodType {
  const page = pageSchema(row);
  if (config.LIST_STYLE === 'page') return page;
  const rows = z.array(row).max(BARE_ROWS_MAX).meta({ description: 'The first rows.' });
  const description = 'The first rows where no paging parameter is sent, else one page of the list.';
  return z.union([rows, page]).meta({ id: `${nameOf(row)}List`, description });
}

/** The successful response of a route, and the 304 of a GET. */
function successOf(route: AnyRoute, components: Components): JsonObject {
  const { status, schema, page, type } = route.answers;
  if (type !== undefined) return { [status]: fileAnswer(type, components) };
  const reads = route.method === 'GET';
  const always = { 'X-Request-Id': true, RateLimit: false, 'RateLimit-Policy': false };
  const headers = headersOf(components, {
    ...always,
    ...(reads ? { ETag: true, 'Cache-Control': true } : {}),
    ...(page ? { Link: false } : {}),
    ...(route.idempotent ? { 'Idempotency-Replayed': false } : {}),
  });
  if (!schema) return { [status]: { description: 'It is done.', headers } };
  const body = components.schema(page ? listSchema(schema) : schema, 'output');
  const { description } = components.resolve(body);
  const success = { description: description as string, headers, content: components.json(body) };
  if (!reads) return { [status]: success };
  const unchanged = {
    description: 'It is still what your `If-None-Match` names; the answer has no body.',
    headers: headersOf(components, {
      ...always,
      ETag: true,
      'Cache-Control': true,
      ...(page ? { Link: false } : {}),
    }),
  };
  return {
    [status]: success,
    304: components.share('responses', page ? 'PageNotModified' : 'NotModified', unchanged),
  };
}

/** The successful response of a route that answers with a file. */
function fileAnswer(type: string, components: Components): JsonObject {
  const file = { type: 'string', format: 'binary', maxLength: Number.MAX_SAFE_INTEGER };
  return {
    description: 'The file.',
    headers: {
      ...headersOf(components, { 'X-Request-Id': true, RateLimit: false, 'RateLimit-Policy': false }),
      'Content-Disposition': {
        description: 'What to save it as.',
        required: true,
        schema: { type: 'string', maxLength: 300, pattern: '^attachment; filename="[^"]+"$' },
        example: 'attachment; filename="marquee-ana-2026-11-30.zip"',
      },
      'Cache-Control': {
        description: 'It must not be kept.',
        required: true,
        schema: { type: 'string', maxLength: 20, pattern: '^no-store$' },
        example: 'no-store',
      },
    },
    content: { [type]: { schema: file, example: '(the file)' } },
  };
}

/** The body of a route that takes a file: the file itself, or a form with it. */
function fileBody({ field, types, limit }: Upload): JsonObject {
  const file = { type: 'string', format: 'binary', maxLength: limit, description: 'The file.' };
  const form = {
    type: 'object',
    description: 'A form with the file.',
    properties: { [field]: file },
    required: [field],
  };
  return {
    requestBody: {
      required: true,
      description: `A file of at most ${limit.toLocaleString('en')} bytes, which counts as what it is and not as what it is called: the body itself, or the part \`${field}\` of a form.`,
      content: {
        ...Object.fromEntries(types.map((type) => [type, { schema: file, example: '(the file)' }])),
        'multipart/form-data': { schema: form, example: { [field]: '(the file)' } },
      },
    },
  };
}

function bodyOf({ body, upload }: AnyRoute, id: string, components: Components): JsonObject {
  if (upload) return fileBody(upload);
  if (!body) return {};
  const named = body.meta()?.id
    ? body
    : body.meta({ id: `${id.charAt(0).toUpperCase()}${id.slice(1)}Body`, description: 'What to send.' });
  const schema = components.schema(named, 'input');
  const example = components.exampleOf(schema);
  const content = { schema, example };
  return {
    requestBody: {
      required: true,
      description: `JSON or a form, at most ${BODY_LIMIT.toLocaleString('en')} bytes. Fields that are not listed are ignored.`,
      content: { 'application/json': content, 'application/x-www-form-urlencoded': content },
    },
  };
}

/** Describes one line of a route table. */
export function operationOf(route: AnyRoute, text: OperationText, components: Components): JsonObject {
  const { id, tag, summary, description } = text;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    security: [...(isPublic(route) ? [{}] : []), { token: [] }, { jwt: [] }],
    parameters: parametersOf(route, components),
    ...bodyOf(route, id, components),
    responses: { ...successOf(route, components), ...refusalsOf(route, components) },
  };
}
