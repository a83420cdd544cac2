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

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
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
}

/** Serves the assets from memory. They are small. */
export function createAssets(): RequestHandler {
  const assets = new Map(Object.values(hashedNames()).map((name) => [`${PREFIX}${name}`, read(name)]));
  return (request, response, next) => {
    const asset = assets.get(request.path);
    if (!asset || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    const encoding = (request.acceptsEncodings('br', 'gzip') || 'identity') as keyof Asset['content'];
    response.set({
      'Content-Type': asset.type,
      'Cache-Control': `public, max-age=${YEAR_S}, immutable`,
      Vary: 'Accept-Encoding',
      ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
    });
    response.end(asset.content[encoding]);
  };
}

function read(name: string): Asset {
  const file = join(ASSETS, name);
  const identity = readFileSync(file);
  return {
    type: TYPES[name.split('.').at(-1) as string] ?? 'application/octet-stream',
    content: { identity, br: readFileSync(`${file}.br`), gzip: readFileSync(`${file}.gz`) },
  };
}
