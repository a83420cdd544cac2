import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import compression from 'compression';
import { type RequestHandler, type Response, Router } from 'express';
import helmet from 'helmet';
import { entityTag, matches } from '../http/response/etag.js';
import { onlyGet } from '../http/routing/methods.js';
import type { AnyRoute } from '../http/routing/route.js';
import { ROOT } from '../project-root.js';

const require = createRequire(import.meta.url);
const SWAGGER_UI = dirname(require.resolve('swagger-ui-dist/package.json'));
const { version: SWAGGER_UI_VERSION } = require('swagger-ui-dist/package.json') as { version: string };
const YEAR_S = 31_536_000;

/** The page's files by their name in the address, and whether that name changes with the content. */
const ASSETS: { [name: string]: { file: string; immutable: boolean } } = {
  [`swagger-ui-${SWAGGER_UI_VERSION}.js`]: {
    file: join(SWAGGER_UI, 'swagger-ui-bundle.js'),
    immutable: true,
  },
  [`swagger-ui-${SWAGGER_UI_VERSION}.css`]: { file: join(SWAGGER_UI, 'swagger-ui.css'), immutable: true },
  'page.js': { file: join(ROOT, 'dist', 'src', 'ops', 'docs', 'page.js'), immutable: false },
  'favicon.png': { file: join(SWAGGER_UI, 'favicon-32x32.png'), immutable: false },
};

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Marquee API</title>
    <link rel="icon" type="image/png" href="/docs/favicon.png">
    <link rel="alternate" type="application/json" href="/openapi.json" title="OpenAPI document">
    <link rel="stylesheet" href="/docs/swagger-ui-${SWAGGER_UI_VERSION}.css">
    <script src="/docs/swagger-ui-${SWAGGER_UI_VERSION}.js" defer></script>
    <script src="/docs/page.js" type="module"></script>
  </head>
  <body>
    <main id="docs"></main>
    <noscript>This page needs JavaScript. The document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
  </body>
</html>
`;

/** A content security policy without other hosts and without inline scripts or styles. */
const secure: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
});

/** Builds the document at its first request, so that the start does not wait for it. */
function documentOnDemand(routes: readonly AnyRoute[]): () => Promise<{ text: string; tag: string }> {
  let building: Promise<{ text: string; tag: string }> | undefined;
  return () =>
    (building ??= import('./openapi/document.js').then(({ openApiDocument }) => {
      const text = JSON.stringify(openApiDocument(routes));
      return { text, tag: entityTag(text) };
    }));
}

function sendAsset(name: string, response: Response, next: () => void): void {
  const asset = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
  if (!asset) {
    next();
    return;
  }
  response.set('Cache-Control', asset.immutable ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
  response.sendFile(asset.file, { cacheControl: false, dotfiles: 'allow' });
}

/**
 * Serves `/openapi.json`, and `/docs/`, a page to read it and to send requests from.
 * @param routes the route table of the API
 */
export function documentationRoutes(routes: readonly AnyRoute[]): Router {
  const document = documentOnDemand(routes);
  const router = Router();
  const compress = compression();
  router
    .route('/openapi.json')
    .get(compress, async (request, response) => {
      const { text, tag } = await document();
      response.set({ ETag: tag, 'Cache-Control': 'no-cache' });
      const clientTags = request.get('if-none-match');
      if (clientTags !== undefined && matches(clientTags, tag)) response.status(304).end();
      else response.type('json').send(text);
    })
    .all(onlyGet);
  router
    .route('/docs/')
    .get(secure, (_request, response) => {
      response.set('Cache-Control', 'no-cache').type('html').send(PAGE);
    })
    .all(onlyGet);
  router
    .route('/docs/:asset')
    .get(compress, (request, response, next) => sendAsset(String(request.params.asset), response, next));
  return router;
}
