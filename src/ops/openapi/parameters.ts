import type { AnyRoute } from '../../http/routing/route.js';
import { USERNAME_MAX } from '../../models/user.js';
import type { Components, JsonObject } from './components.js';

/** The parameters of a route, in its path, query and headers. */
export function parametersOf(route: AnyRoute, components: Components): JsonObject[] {
  const parameters: JsonObject[] = [
    ...pathParameters(route),
    ...queryParameters(route, components),
    ...headers(route),
  ];
  return parameters.map((parameter) =>
    components.share(
      'parameters',
      (parameter.name as string).replaceAll(/\W/g, ''),
      parameter.required ? parameter : withExampleInSchema(parameter),
    ),
  );
}

/** Moves the example into the schema. From the parameter itself, /docs/ would send it unasked. */
function withExampleInSchema({ example, schema, ...parameter }: JsonObject): JsonObject {
  const examples: JsonObject = example === undefined ? {} : { examples: [example] };
  return { ...parameter, schema: { ...(schema as JsonObject), ...examples } };
}

function pathParameters({ path }: AnyRoute): JsonObject[] {
  if (path.includes(':username')) {
    return [
      {
        name: 'username',
        in: 'path',
        required: true,
        description: 'The username, without regard to case.',
        schema: { type: 'string', minLength: 1, maxLength: USERNAME_MAX },
        example: 'ana',
      },
    ];
  }
  if (!path.includes(':id')) return [];
  const id = { type: 'integer', format: 'int64', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };
  return [
    {
      name: 'id',
      in: 'path',
      required: true,
      description: 'The id of what the path names. What is no id at all is a 404, too.',
      schema: id,
      example: 1,
    },
  ];
}

function queryParameters(route: AnyRoute, components: Components): JsonObject[] {
  const { properties = {}, required = [] } = (route.query ? components.schema(route.query, 'input') : {}) as {
    properties?: { [name: string]: JsonObject };
    required?: string[];
  };
  const checked = Object.entries(properties).map(
    ([name, { description, examples, default: _none, ...schema }]) => ({
      name,
      in: 'query',
      ...(required.includes(name) ? { required: true } : {}),
      description: description as string,
      schema,
      ...(examples ? { example: (examples as JsonObject[])[0] ?? null } : {}),
    }),
  );
  return [...checked, ...fieldsParameter(route)];
}

function fieldsParameter({ method, fields }: AnyRoute): JsonObject[] {
  if (method !== 'GET' || !fields) return [];
  const name = `(${fields.join('|')})`;
  return [
    {
      name: 'fields',
      in: 'query',
      description: `The fields to answer with, with commas between; the others are left out, also those that the schema says are always there. Of: ${fields.join(', ')}.`,
      schema: { type: 'string', maxLength: 1_000, pattern: `^${name}(,${name})*$` },
      example: fields.slice(0, 2).join(','),
    },
  ];
}

const tags = { type: 'string', maxLength: 2_000, pattern: '^(\\*|(W/)?"[^"]*"( *, *(W/)?"[^"]*")*)$' };
const EXAMPLE_TAG = '"q8xJ2k0vJm5hQ1r7w3TnYbZcA4d"';

function headers({ method, represent, idempotent, answers }: AnyRoute): JsonObject[] {
  return [
    ...(method === 'GET' && answers.type === undefined
      ? [
          {
            name: 'If-None-Match',
            in: 'header',
            description: 'The `ETag` of what you have: where it still fits the answer is an empty 304.',
            schema: tags,
            example: EXAMPLE_TAG,
          },
        ]
      : []),
    ...(represent
      ? [
          {
            name: 'If-Match',
            in: 'header',
            description:
              'The `ETag` of the record as you read it: where it has changed since the answer is a 412, and nothing is written.',
            schema: tags,
            example: EXAMPLE_TAG,
          },
        ]
      : []),
    ...(idempotent
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            description:
              'A name that you make up for this request, such as a UUID. Sent again within a day with the same body it gives the first answer again, and nothing is done twice.',
            schema: { type: 'string', maxLength: 255 },
            example: '6f1b0c1e-7d0a-4b59-8a57-3f3f1c2b9d10',
          },
        ]
      : []),
  ];
}
