// The build's step for the panel's client assets: bundles its React components, joins its style sheets, and writes
// everything that a browser loads into one folder, compressed, under content-hashed names.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { ROOT } from '../src/project-root.js';
import { ASSETS, MANIFEST, STATIC } from './http/assets.js';

/** The style sheets of panel.css in their order, which the cascade depends on. Each is beside its components. */
const STYLE_SHEETS = [
  'layout/base',
  'properties/properties',
  'layout/top-bar',
  'login/login',
  'account/account',
  'dashboard/dashboard',
  'movies/genres',
  'actions/drawer',
  'layout/page-header',
  'lists/lists',
  'lists/tools',
  'lists/cards',
  'forms/forms',
  'movies/poster',
  'layout/record-page',
];

const folder = mkdtempSync(join(tmpdir(), 'marquee-bundle-'));
// AdminJS reads both variables at import.
process.env.NODE_ENV = 'production';
process.env.ADMIN_JS_TMP_DIR = folder;

const { default: AdminJS, Router } = await import('adminjs');
const { componentLoader } = await import('./components.js');
const { themeStyles } = await import('./theme.js');
try {
  await new AdminJS({ componentLoader }).initialize();
  writeFileSync(join(folder, 'theme.css'), themeStyles());
  writeFileSync(join(folder, 'panel.css'), panelStyles());
  publish([
    ['theme.css', join(folder, 'theme.css')],
    ['panel.css', join(folder, 'panel.css')],
    ...Router.assets
      .filter(({ path }) => path.endsWith('.bundle.js'))
      .map(({ path, src }) => [basename(path), src]),
    ...readdirSync(STATIC).map((name) => [name, join(STATIC, name)]),
  ] as [string, string][]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function panelStyles(): string {
  const sheets = STYLE_SHEETS.map((name) => join(ROOT, 'admin', 'components', `${name}.css`));
  return sheets.map((sheet) => readFileSync(sheet, 'utf8')).join('\n');
}

/** Replaces the assets' folder and its manifest. */
function publish(sources: [name: string, source: string][]): void {
  rmSync(ASSETS, { recursive: true, force: true });
  mkdirSync(ASSETS, { recursive: true });
  const names = sources.map(([name, source]) => [name, writeAsset(name, readFileSync(source))]);
  writeFileSync(MANIFEST, JSON.stringify(Object.fromEntries(names), null, 2));
}

/** Writes an asset plain and compressed, and returns its hashed name. */
function writeAsset(name: string, content: Buffer): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const hashed = name.replace(/\.(?=[^.]+$)/, `.${hash}.`);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };
  writeFileSync(join(ASSETS, hashed), content);
  writeFileSync(join(ASSETS, `${hashed}.gz`), gzipSync(content, { level: 9 }));
  writeFileSync(join(ASSETS, `${hashed}.br`), brotliCompressSync(content, quality));
  return hashed;
}
