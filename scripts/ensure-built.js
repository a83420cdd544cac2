// Builds if dist/ is missing or older than the sources, so that no command runs stale code.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, rebuild, ROOT, STAMP } from './build.js';

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Those of the panel's and the site's assets. */
const BUNDLED = ['src', 'admin', 'site'];
const OTHERS = ['bench', 'test'];
/** After a change of these, everything is built anew. */
const SETTINGS = ['tsconfig.json', 'package-lock.json', 'scripts'];

/** Whether any of these has changed since the last build. A deployment may have dist/ without them. */
function isNewer(names, built) {
  const present = names.map((name) => join(ROOT, name)).filter(existsSync);
  return Math.max(0, ...present.map(newest)) > built;
}

/** Builds what is missing or older than its sources. */
export function ensureBuilt() {
  if (!existsSync(join(ROOT, 'node_modules', 'typescript'))) return;
  const built = existsSync(STAMP) ? statSync(STAMP).mtimeMs : 0;
  if (built === 0 || isNewer(SETTINGS, built)) build();
  else if (isNewer([...BUNDLED, ...OTHERS], built)) rebuild({ hasNewBundles: isNewer(BUNDLED, built) });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt();
