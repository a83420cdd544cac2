import { z } from 'zod';
import { Components, type JsonObject } from './components.js';
import { headersOf } from './headers.js';
import { mediaOperation } from './media-operation.js';
import { errorSchema } from './refusals.js';

/** The paths outside the API: health, metrics, and the documentation. */

const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded', 'unavailable']).meta({
      description: '`degraded`: it serves, but something that it does without is away.',
      example: 'ok',
    }),
    detail: z.string().max(1_000).optional().meta({ description: 'Why it is not `ok`.' }),
  })
  .meta({ id: 'Health', description: 'The state of the server.' });

const text = (example: string, maxLength: number): JsonObject => ({
  schema: { type: 'string', maxLength },
  example,
});

const get = (operationId: string, summary: string, description: string, more: JsonObject): JsonObject => ({
  get: { operationId, tags: ['Operations'], summary, description, security: [], ...more },
});

/** The operations of these paths, by path. Each path has only a GET. */
export function serverOperations(components: Components): JsonObject {
  const id = headersOf(components, { 'X-Request-Id': true });
  const health = components.schema(healthSchema, 'output');
  const kept = headersOf(components, { 'X-Request-Id': true, ETag: true, 'Cache-Control': true });
  const error = components.schema(errorSchema, 'output');
  const refusal = (description: string, detail: string, headers: JsonObject = id): JsonObject => ({
    description,
    headers,
    content: components.json(error, { detail }),
  });
  const failed = {
    405: { $ref: '#/components/responses/MethodNotAllowed' },
    500: refusal('A fault of the server.', 'A server error occurred.'),
  };
  const unchanged = { 304: { description: 'It is still what your `If-None-Match` names.', headers: kept } };
  const ifNoneMatch = { $ref: '#/components/parameters/IfNoneMatch' };
  const healthAnswer = (description: string, example: JsonObject): JsonObject => ({
    description,
    headers: id,
    content: components.json(health, example),
  });
  return {
    '/healthz': get('getLiveness', 'Is it alive?', 'A 200 while the process lives.', {
      responses: { 200: healthAnswer('It lives.', { status: 'ok' }), ...failed },
    }),
    '/readyz': get(
      'getReadiness',
      'Can it serve?',
      'A 200 when the database answers and its migrations are current. A load balancer sends requests where this is so.',
      {
        responses: {
          200: healthAnswer('It can serve.', { status: 'ok' }),
          503: healthAnswer('It cannot serve yet, or not now.', {
            status: 'unavailable',
            detail: 'the database does not answer',
          }),
          ...failed,
        },
      },
    ),
    '/metrics': get(
      'getMetrics',
      'Read the metrics',
      'Requests, latencies and more, in Prometheus’s text format.',
      {
        security: [{}, { metrics: [] }],
        responses: {
          200: {
            description: 'The metrics.',
            headers: id,
            content: { 'text/plain': text('# TYPE process_cpu_seconds_total counter\n', 10_000_000) },
          },
          401: refusal(
            'This server asks for a bearer token, and it is missing or wrong.',
            'A bearer token is needed.',
            headersOf(components, { 'X-Request-Id': true, 'WWW-Authenticate': true }),
          ),
          ...failed,
        },
      },
    ),
    '/media/posters/{name}': mediaOperation(components, failed),
    '/openapi.json': get(
      'getDocument',
      'Read this document',
      'The API in OpenAPI 3.1, to make clients from.',
      {
        parameters: [ifNoneMatch],
        responses: {
          200: {
            description: 'The document.',
            headers: kept,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  description: 'An OpenAPI document.',
                  properties: { openapi: { type: 'string', pattern: '^3\\.1\\.', maxLength: 10 } },
                  required: ['openapi'],
                },
                example: { openapi: '3.1.1' },
              },
            },
          },
          ...unchanged,
          ...failed,
        },
      },
    ),
    '/docs/': get('getDocs', 'Read and try the API', 'This page.', {
      responses: {
        200: {
          description: 'The page.',
          headers: headersOf(components, { 'X-Request-Id': true, 'Cache-Control': true }),
          content: { 'text/html': text('<!doctype html>', 100_000) },
        },
        ...failed,
      },
    }),
  };
}
