import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Request, type Response, Router } from 'express';
import { ROOT } from '../../src/project-root.js';

/** Files that browsers load as they are. */
export const STATIC = join(ROOT, 'admin', 'static');

/** The build's output: the panel's client assets, and the manifest of their hashed names. */
export const ASSETS = join(ROOT, 'dist', 'admin-assets');
export const MANIFEST = join(ASSETS, 'manifest.json');

const PREFIX = '/frontend/assets/';
const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
const YEAR_S = 31_536_000;

/** The panel's client assets. */
export interface Assets {
  router: Router;
  /** The URL of an asset, with the hash in its name. */
  url(name: string): string;
  /** The text of an asset. */
  content(name: string): string;
  /** A page with the URLs of its assets replaced by those with hashes. */
  withHashedUrls(page: string): string;
}

/**
 * Serves the build's assets. AdminJS itself would serve its bundles uncompressed, bundle components at the first visit, and
 * in development send bundles of 14 MB.
 * @throws if the build has not been run
 */
export function createAssets(rootPath: string): Assets {
  if (!existsSync(MANIFEST)) throw new Error('The admin panel is not bundled yet: run `npm run build`');
  const hashed = new Map(
    Object.entries(JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>),
  );
  const hashedNames = new Set(hashed.values());
  const reload = readFileSync(join(ASSETS, hashed.get('reload.js') as string), 'utf8');
  const router = Router();

  router.get(`${PREFIX}*name`, (request: Request, response: Response) => {
    const name = ([] as string[]).concat(request.params.name ?? []).join('/');
    const file = hashedNames.has(name) ? name : (hashed.get(name) ?? replacementOf(name));
    if (!file) {
      response.status(404).type('text').send('There is no such asset.');
      return;
    }
    const encoding = request.acceptsEncodings('br', 'gzip') || '';
    const suffix = { br: '.br', gzip: '.gz' }[encoding] ?? '';
    response.set({
      'Content-Type': TYPES[file.split('.').at(-1) as string],
      'Cache-Control': file === name ? `public, max-age=${YEAR_S}, immutable` : 'no-cache',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Encoding',
      ...(suffix && { 'Content-Encoding': encoding }),
    });
    const options = { root: ASSETS, cacheControl: false, lastModified: false };
    response.sendFile(file + suffix, options, (error) => {
      if (!error || response.headersSent) return;
      // A new build has replaced the files of the running server.
      response.removeHeader('Content-Encoding');
      response.set('Cache-Control', 'no-store');
      if (file.endsWith('.js')) response.send(reload);
      else response.status(404).type('text').send('There is no such asset.');
    });
  });

  /** The file to send for an asset of another build. For a script it is reload.js, which reloads the page. */
  const replacementOf = (name: string) => {
    const plain = name.replace(/\.[0-9a-f]{16}(?=\.\w+$)/, '');
    return hashed.get(plain !== name && plain.endsWith('.js') && hashed.has(plain) ? 'reload.js' : plain);
  };

  const url = (name: string) => `${rootPath}${PREFIX}${hashed.get(name) ?? name}`;
  const urls = new RegExp(`${rootPath}${PREFIX}([\\w.-]+)`, 'g');
  return {
    router,
    url,
    content: (name) => readFileSync(join(ASSETS, hashed.get(name) ?? name), 'utf8'),
    withHashedUrls: (page) => page.replaceAll(urls, (_match, name: string) => url(name)),
  };
}
