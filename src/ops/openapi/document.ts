import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyRoute } from '../../http/routing/route.js';
import { ROOT } from '../../project-root.js';
import { Components, type JsonObject } from './components.js';
import { INTRODUCTION } from './texts/introduction.js';
import { type OperationTexts, TAGS } from './texts/operation-text.js';
import { operationOf } from './operation.js';
import { accountTexts } from './texts/account.js';
import { watchTexts } from './texts/watch.js';
import { serverOperations } from './server-operations.js';

const TEXTS: OperationTexts = { ...accountTexts, ...watchTexts };

const SECURITY_SCHEMES: JsonObject = {
  token: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description:
      'A token from `POST /account/login/` or `POST /account/register/`, as `Token KEY`. On the documentation’s page the key alone will do.',
  },
  jwt: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'The access token from `POST /account/token/`. Signed and checked as RFC8725 (JSON Web Token Best Current Practices) asks.',
  },
  metrics: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token that the server’s operator has set for `/metrics`.',
  },
};

/** The paths of the route table, with `:id` written as `{id}`. */
function pathsOf(routes: readonly AnyRoute[], components: Components): JsonObject {
  const paths: { [path: string]: JsonObject } = {};
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    const text = TEXTS[name];
    if (!text) throw new Error(`src/ops/openapi/texts/ has no text for ${name}`);
    const path = (paths[route.path.replaceAll(/:(\w+)/g, '{$1}')] ??= {});
    path[route.method.toLowerCase()] = operationOf(route, text, components);
  }
  return paths;
}

/**
 * Describes the API in OpenAPI 3.1.
 * @param routes the route table of the API
 * @throws if a route has no text, or a text no route
 */
export function openApiDocument(routes: readonly AnyRoute[]): JsonObject {
  const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  const stray = Object.keys(TEXTS).filter((name) => !known.has(name));
  if (stray.length > 0) throw new Error(`There is no route for the texts of ${stray.join(', ')}`);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const components = new Components();
  const paths = { ...pathsOf(routes, components), ...serverOperations(components) };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Marquee',
      version,
      summary: 'Movies, and what people think of them.',
      description: INTRODUCTION,
      contact: { name: 'Whoever runs this server' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      {
        url: '/',
        description: 'The server that this document comes from, be it local, staging or production.',
        'x-internal': false,
      },
    ],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: SECURITY_SCHEMES,
      schemas: components.schemas,
      parameters: components.parameters,
      headers: components.headers,
      responses: components.responses,
    },
  };
}
