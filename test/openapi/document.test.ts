import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Router } from 'express';
import { z } from 'zod';
import { apiRoutes } from '../../src/api/routes.js';
import { createApp } from '../../src/app.js';
import { openApiDocument } from '../../src/ops/openapi/document.js';
import { ROOT } from '../../src/project-root.js';
import { anonymous } from '../support/clients.js';
import { contractFaults, document } from '../support/contract.js';

const run = promisify(execFile);

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The paths that Express has a handler for, in the document's notation. */
function servedPaths(router: Router): string[] {
  return router.stack.flatMap((layer) => {
    const within = (layer.handle as unknown as Partial<Router>).stack;
    if (layer.route) return [layer.route.path.replaceAll(/:(\w+)/g, '{$1}')];
    return within ? servedPaths(layer.handle as unknown as Router) : [];
  });
}

/** The assets of /docs/ are not part of the API. */
const isAsset = (path: string) => path === '/docs/{asset}';

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => `${method} ${path}`),
);

describe('the OpenAPI document', () => {
  it('has every path that is served, and no other', async () => {
    const { app, close } = await createApp({ panel: false });
    const served = servedPaths(app.router as unknown as Router).filter((path) => !isAsset(path));
    await close();
    expect(served.length).to.be.above(20);
    expect(Object.keys(document.paths)).to.have.members([...new Set(served)]);
  });

  it('has the methods that each path answers, and no others', async () => {
    const answered: string[] = [];
    for (const path of Object.keys(document.paths)) {
      const address = path.replace('{id}', '987654');
      const { headers } = await anonymous.send('OPTIONS', address);
      const allowed = (headers.get('allow') ?? '').toLowerCase().split(', ');
      for (const method of METHODS) {
        if (allowed.includes(method)) answered.push(`${method} ${path}`);
        // OPTIONS could list a method that is refused, or omit one.
        const { status } = await anonymous.json(
          method.toUpperCase(),
          address,
          method === 'get' ? undefined : {},
        );
        expect(status !== 405, `${method} ${path}`).to.equal(allowed.includes(method));
      }
    }
    expect(operations).to.have.members(answered);
  });

  it('has every query parameter that a route checks', () => {
    const lists = apiRoutes.filter(({ query }) => query instanceof z.ZodObject);
    expect(lists).not.to.have.length(0);
    for (const { method, path, query } of lists) {
      const item = openApiDocument(apiRoutes).paths as unknown as Record<
        string,
        Record<string, { parameters: object[] }>
      >;
      const operation = item[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      const names = operation?.parameters.map((parameter) =>
        '$ref' in parameter ? String(parameter.$ref).split('/').at(-1) : (parameter as { name: string }).name,
      );
      expect(names, path).to.include.members(Object.keys((query as z.ZodObject).shape));
    }
  });

  it('fails for a route without a text, and for a text without a route', () => {
    const [first, ...others] = apiRoutes;
    if (!first) throw new Error('there are no routes');
    expect(() => openApiDocument([...apiRoutes, { ...first, path: '/watch/other/' }])).to.throw(
      '/watch/other/',
    );
    expect(() => openApiDocument(others)).to.throw(`GET ${first.path}`);
  });

  it('is served as `npm run openapi` writes it, which needs no database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    const env = { ...process.env, DATABASE_URL: `sqlite:${join(folder, 'none.sqlite')}` };
    const file = join(folder, 'openapi.json');
    // In a process: it would block the event loop here, and the app's connections would time out as idle.
    await run(process.execPath, [join(ROOT, 'dist', 'src', 'commands', 'openapi.js'), file], { env });
    expect(existsSync(join(folder, 'none.sqlite'))).to.equal(false);
    const { status, body, headers } = await anonymous.get('/openapi.json');
    expect(status).to.equal(200);
    expect(body).to.deep.equal(JSON.parse(readFileSync(file, 'utf8')));
    const tag = headers.get('etag') as string;
    expect((await anonymous.get('/openapi.json', { 'If-None-Match': tag })).status).to.equal(304);
  });

  it('has a name, a description and an example for everything in the API', () => {
    const all = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
    );
    expect(new Set(all.map(({ operationId }) => operationId)).size).to.equal(all.length);
    for (const { name, operationId, summary, description, parameters, requestBody, responses } of all) {
      expect(operationId, name).to.match(/^[a-z][A-Za-z]+$/);
      for (const text of [summary, description]) expect(text.length, name).to.be.above(4);
      for (const parameter of parameters ?? [])
        expect(parameter.$ref ?? parameter.description, name).to.be.a('string');
      for (const { content } of [...(requestBody ? [requestBody] : []), ...Object.values(responses)]) {
        for (const media of Object.values(content ?? {})) expect(media.example, name).not.to.equal(undefined);
      }
    }
  });
});

describe('the check of every answer', () => {
  const url = new URL('http://127.0.0.1/watch/');
  const body = { platformlist: 'http://a/', watchlist: 'http://a/', reviews: 'http://a/' };
  const headers = {
    'content-type': 'application/json',
    'x-request-id': 'a',
    etag: '"a"',
    'cache-control': 'no-cache',
  };
  const faults = (changes: {
    status?: number;
    headers?: Record<string, string>;
    body?: object;
    method?: string;
  }) =>
    contractFaults({
      method: changes.method ?? 'GET',
      url,
      status: changes.status ?? 200,
      headers: new Headers(changes.headers ?? headers),
      text: JSON.stringify(changes.body ?? body),
    });

  it('accepts an answer as documented', () => {
    expect(faults({})).to.deep.equal([]);
  });

  it('finds an undocumented, a missing and a wrong field', () => {
    expect(faults({ body: { ...body, colour: 'red' } })).to.have.length(1);
    expect(faults({ body: { platformlist: 'http://a/' } })).to.have.length(1);
    expect(faults({ body: { ...body, reviews: 7 } })).to.have.length(1);
  });

  it('finds an undocumented, a missing and a wrong header', () => {
    expect(faults({ headers: { ...headers, 'x-powered-by': 'steam' } })).to.have.length(1);
    expect(faults({ headers: { ...headers, etag: 'a' } })).to.have.length(1);
    const { etag: _etag, ...others } = headers;
    expect(faults({ headers: others })).to.have.length(1);
  });

  it('finds an undocumented status, and an answer at an unknown path', () => {
    expect(faults({ status: 201 })).to.have.length(1);
    expect(faults({ method: 'POST' })).to.have.length(1);
    const stranger = { method: 'GET', url: new URL('http://127.0.0.1/watch/other/'), status: 200 };
    expect(contractFaults({ ...stranger, headers: new Headers(headers), text: '{}' })).to.have.length(1);
  });
});
