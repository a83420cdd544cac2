// The build's step for the site: bundles styles and scripts, and writes everything that a browser loads into one folder,
// compressed, under content-hashed names.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ROOT } from '../src/project-root.js';
import { ASSETS, MANIFEST } from './assets.js';
import { favicon, MARK, phoneIcon, sharedPicture } from './icons.js';

const FONT = 'node_modules/@fontsource/league-gothic/files/league-gothic-latin-400-normal.woff2';
/** Latin Extended, for titles such as "Dvořák". */
const FONT_EXTENDED = 'node_modules/@fontsource/league-gothic/files/league-gothic-latin-ext-400-normal.woff2';
const FONT_VIETNAMESE =
  'node_modules/@fontsource/league-gothic/files/league-gothic-vietnamese-400-normal.woff2';

const manifest: Record<string, string> = {};

rmSync(ASSETS, { recursive: true, force: true });
mkdirSync(ASSETS, { recursive: true });
writeAsset('display.woff2', readFileSync(join(ROOT, FONT)));
writeAsset('display-extended.woff2', readFileSync(join(ROOT, FONT_EXTENDED)));
writeAsset('display-vietnamese.woff2', readFileSync(join(ROOT, FONT_VIETNAMESE)));
writeAsset('favicon.svg', MARK);
writeAsset('favicon.ico', await favicon());
writeAsset('apple-touch-icon.png', await phoneIcon(180));
writeAsset('icon-512.png', await phoneIcon(512));
writeAsset('shared.png', await sharedPicture());
const fontUrls = (text: string) =>
  text.replace(/font:([\w-]+\.woff2)/g, (_match, name: string) => `/assets/${manifest[name] as string}`);
writeAsset('site.css', fontUrls(await bundle('site/styles/site.css')));
writeAsset('site.js', await bundle('site/scripts/site.ts'));
writeFileSync(MANIFEST, JSON.stringify(manifest, null, 2));

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['es2022', 'safari16', 'firefox115', 'chrome115'],
    external: ['font:*'],
    logLevel: 'error',
  });
  return (outputFiles[0] as { text: string }).text;
}

/** Writes an asset plain and compressed under its hashed name. */
function writeAsset(name: string, content: string | Buffer): void {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const hashed = name.replace(/\.(?=[^.]+$)/, `.${hash}.`);
  const file = join(ASSETS, hashed);
  writeFileSync(file, content);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(content));
  manifest[name] = hashed;
}
