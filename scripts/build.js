// Compiles TypeScript to dist/, bundles the admin panel's components, and writes certificates.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(ROOT, 'dist');
/** Its modification time is that of the last complete build. */
export const STAMP = join(DIST, '.built');

/** Runs a script with arguments. */
const run = (...args) => execFileSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });

const compile = (...options) => run(join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), ...options);

function bundle() {
  run(join(DIST, 'admin', 'bundle.js'));
  run(join(DIST, 'site', 'bundle.js'));
}

/** Builds everything anew. */
export function build() {
  rmSync(DIST, { recursive: true, force: true });
  compile();
  bundle();
  run(join(ROOT, 'scripts', 'certificates.js'), join(DIST, 'certificates'));
  writeFileSync(STAMP, '');
}

/**
 * Builds what has changed since the last build.
 * @param hasNewBundles whether a source of the panel's or the site's assets is among it
 */
export function rebuild({ hasNewBundles }) {
  removeStale(DIST);
  compile('--incremental', '--tsBuildInfoFile', join(DIST, '.tsbuildinfo'));
  if (hasNewBundles) bundle();
  writeFileSync(STAMP, '');
}

/** Removes compiled files whose source is gone. */
function removeStale(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeStale(path);
    const [, name] = /^(.*)\.js(?:\.map)?$/.exec(relative(DIST, path)) ?? [];
    const isOfSource = name && /^(?:src|admin|site|bench|test)\//.test(name);
    if (isOfSource && !existsSync(join(ROOT, `${name}.ts`)) && !existsSync(join(ROOT, `${name}.tsx`)))
      rmSync(path);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
