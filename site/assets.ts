import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { ROOT } from '../src/project-root.js';

/** The build's output: styles, scripts and fonts, and the manifest of their hashed names. */
export const ASSETS = join(ROOT, 'dist', 'site-assets');
export const MANIFEST = join(ASSETS, 'manifest.json');

/** The path that the assets are below. */
const PREFIX = '/assets/';
const YEAR_S = 31_536_000;
const DAY_S = 86_400;
/** Assets that are asked for by their plain names, too: these addresses are not the site's to choose. */
const PLAIN = ['favicon.ico', 'apple-touch-icon.png'];

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

let manifest: Record<string, string> | undefined;

/** The hashed names by the plain ones. @throws if the build has not been run */
function hashedNames(): Record<string, string> {
  if (manifest) return manifest;
  if (!existsSync(MANIFEST)) throw new Error('The site is not bundled yet: run `npm run build`');
  return (manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>);
}

/** The address of an asset. Its content never changes. */
export function assetUrl(name: string): string {
  const hashed = hashedNames()[name];
  if (hashed === undefined) throw new Error(`The site has no asset ${name}`);
  return `${PREFIX}${hashed}`;
}

/** An asset as the build has written it, by encoding. */
interface Asset {
  type: string;
  content: Record<'br' | 'gzip' | 'identity', Buffer>;
  caching: string;
}

/** Serves the assets from memory. They are small. */
export function createAssets(): RequestHandler {
  const hashed = hashedNames();
  const assets = new Map(
    Object.values(hashed).map((name) => [`${PREFIX}${name}`, read(name, `max-age=${YEAR_S}, immutable`)]),
  );
  for (const name of PLAIN) assets.set(`/${name}`, read(hashed[name] as string, `max-age=${DAY_S}`));
  return (request, response, next) => {
    const asset = assets.get(request.path);
    if (!asset || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    const encoding = (request.acceptsEncodings('br', 'gzip') || 'identity') as keyof Asset['content'];
    response.set({
      'Content-Type': asset.type,
      'Cache-Control': asset.caching,
      Vary: 'Accept-Encoding',
      ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
    });
    response.end(asset.content[encoding]);
  };
}

function read(name: string, caching: string): Asset {
  const file = join(ASSETS, name);
  const identity = readFileSync(file);
  return {
    type: TYPES[name.split('.').at(-1) as string] ?? 'application/octet-stream',
    caching: `public, ${caching}`,
    content: { identity, br: readFileSync(`${file}.br`), gzip: readFileSync(`${file}.gz`) },
  };
}
