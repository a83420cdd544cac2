// Makes the panel's client assets, by the build: bundles its own components, and puts all that a browser loads into one
// folder, compressed, under names that change with the content.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { ASSETS, MANIFEST, STATIC } from './http/assets.js';

const folder = mkdtempSync(join(tmpdir(), 'marquee-bundle-'));
// AdminJS reads both while it is imported.
process.env.NODE_ENV = 'production';
process.env.ADMIN_JS_TMP_DIR = folder;

const { default: AdminJS, Router } = await import('adminjs');
const { componentLoader } = await import('./components.js');
const { themeStyles } = await import('./theme.js');
try {
  await new AdminJS({ componentLoader }).initialize();
  writeFileSync(join(folder, 'theme.css'), themeStyles());
  publish([
    ['theme.css', join(folder, 'theme.css')],
    ...Router.assets
      .filter(({ path }) => path.endsWith('.bundle.js'))
      .map(({ path, src }) => [basename(path), src]),
    ...readdirSync(STATIC).map((name) => [name, join(STATIC, name)]),
  ] as [string, string][]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function publish(sources: [name: string, source: string][]): void {
  rmSync(ASSETS, { recursive: true, force: true });
  mkdirSync(ASSETS, { recursive: true });
  const names = sources.map(([name, source]) => [name, put(name, readFileSync(source))]);
  writeFileSync(MANIFEST, JSON.stringify(Object.fromEntries(names), null, 2));
}

function put(name: string, content: Buffer): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const hashed = name.replace(/\.(?=[^.]+$)/, `.${hash}.`);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };
  writeFileSync(join(ASSETS, hashed), content);
  writeFileSync(join(ASSETS, `${hashed}.gz`), gzipSync(content, { level: 9 }));
  writeFileSync(join(ASSETS, `${hashed}.br`), brotliCompressSync(content, quality));
  return hashed;
}
