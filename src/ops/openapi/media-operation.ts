import type { Components, JsonObject } from './components.js';
import { headersOf } from './headers.js';
import { errorSchema } from './refusals.js';

/** A header that only pictures have. */
const header = (description: string, pattern: string, example: string): JsonObject => ({
  description,
  required: true,
  schema: { type: 'string', maxLength: 200, pattern },
  example,
});

const NAME = '[0-9a-f]{40}-(small|large)\\.webp';
const EXAMPLE = '3f7a9d0c5b1e8f6247d3a9c0b1e2f3a4d5c6b7e8-small.webp';

/**
 * The path of the posters' pictures.
 * @param failed the refusals that every path may give
 */
export function mediaOperation(components: Components, failed: JsonObject): JsonObject {
  const id = headersOf(components, { 'X-Request-Id': true });
  const unchanged = {
    ...id,
    ETag: header('The name, which names its content.', `^"${NAME}"$`, `"${EXAMPLE}"`),
    'Cache-Control': header(
      'Keep it for ever.',
      '^public, max-age=31536000, immutable$',
      'public, max-age=31536000, immutable',
    ),
  };
  const ranges = header('Ranges of bytes are honoured.', '^bytes$', 'bytes');
  const part = header('Which bytes of how many.', '^bytes (\\d+-\\d+|\\*)/\\d+$', 'bytes 0-99/12345');
  const file = { type: 'string', format: 'binary', maxLength: 10_000_000 };
  const content = { 'image/webp': { schema: file, example: '(the picture)' } };
  const whole = { ...unchanged, 'Accept-Ranges': ranges };
  return {
    get: {
      operationId: 'getPoster',
      tags: ['Movies'],
      summary: 'Read a picture',
      description: 'A picture of a poster, at an address that a movie’s `poster` has. Any site may show it.',
      security: [],
      parameters: [
        {
          name: 'name',
          in: 'path',
          required: true,
          description: 'The picture’s name.',
          schema: { type: 'string', maxLength: 60, pattern: `^${NAME}$` },
          example: EXAMPLE,
        },
        { $ref: '#/components/parameters/IfNoneMatch' },
      ],
      responses: {
        200: { description: 'The picture.', headers: whole, content },
        206: {
          description: 'The range of it that `Range` names.',
          headers: { ...whole, 'Content-Range': part },
          content,
        },
        304: { description: 'You have it.', headers: unchanged },
        404: { $ref: '#/components/responses/NotFound' },
        416: {
          description: 'It has no such range.',
          headers: { ...id, 'Content-Range': part },
          content: components.json(components.schema(errorSchema, 'output'), {
            detail: 'The range is not within the file.',
          }),
        },
        503: { $ref: '#/components/responses/Unavailable' },
        ...failed,
      },
    },
  };
}
