// Builds when dist/ is missing or older than the sources, so that no command meets stale code.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, ROOT, STAMP } from './build.js';

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const sources = ['src', 'admin', 'bench', 'tsconfig.json', 'package.json'].map((name) => join(ROOT, name));
// A deployment may leave the sources out: then dist/ is all there is.
const present = sources.filter(existsSync);
const built = existsSync(STAMP) ? statSync(STAMP).mtimeMs : 0;
if (built < Math.max(...present.map(newest)) && existsSync(join(ROOT, 'node_modules', 'typescript'))) build();
