// Builds if dist/ is missing or older than the sources, so that no command runs stale code.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, ROOT, STAMP } from './build.js';

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const sources = ['src', 'admin', 'site', 'bench', 'test', 'tsconfig.json', 'package.json'].map((name) =>
  join(ROOT, name),
);

/** Builds if a source is newer than the last build. */
export function ensureBuilt() {
  // A deployment may have dist/ without the sources.
  const present = sources.filter(existsSync);
  const built = existsSync(STAMP) ? statSync(STAMP).mtimeMs : 0;
  if (built < Math.max(...present.map(newest)) && existsSync(join(ROOT, 'node_modules', 'typescript')))
    build();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt();
