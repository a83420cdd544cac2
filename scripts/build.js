// Compiles TypeScript to dist/, bundles the admin panel's components, and writes certificates.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(ROOT, 'dist');
/** Its modification time is that of the last complete build. */
export const STAMP = join(DIST, '.built');

export function build() {
  const run = (...args) => execFileSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  rmSync(DIST, { recursive: true, force: true });
  run(join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'));
  run(join(DIST, 'admin', 'bundle.js'));
  run(join(DIST, 'site', 'bundle.js'));
  run(join(ROOT, 'scripts', 'certificates.js'), join(DIST, 'certificates'));
  writeFileSync(STAMP, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
