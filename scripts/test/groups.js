// The groups of tests: each runs in a process and on a database of its own.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build.js';

/** The group of all files that no other group has. */
const REST = 'api';

/**
 * The groups and their files, the longest group first, so that none is left running alone at the end. A file belongs to
 * the first group that names it. All tests of the panel that need a browser share a group, and so do those that need the
 * panel: both take seconds to start.
 */
const GROUPS = {
  commands: ['commands/**'],
  [REST]: [],
  browser: ['admin/browser/**', 'openapi/docs', 'compatibility/browser'],
  admin: [
    'admin/*',
    'admin/audit/**',
    'security/attempts',
    'security/endings',
    'security/headers',
    'security/lockout',
    'security/logins-under-way',
  ],
  'site-browser': ['site/browser/**'],
  resilience: ['resilience/**'],
  'ratings-integrity': ['ratings-integrity/**'],
  processes: ['seeds/**', 'operations/**'],
  watch: ['watch/**'],
  posters: ['posters/**'],
  site: ['site/**'],
};

/**
 * Files about what no database takes part in, such as parsers, pictures, logs, certificates, and how pages look and are
 * used by keyboard. They run on the first database only.
 */
const ONCE = [
  'account/otp/totp',
  'admin/browser/appearance',
  'admin/browser/lists',
  'admin/browser/switches',
  'admin/input-cost',
  'admin/languages',
  'admin/page-address',
  'admin/time-zones',
  'commands/output',
  'commands/release',
  'conventions/answers',
  'conventions/bodies',
  'conventions/body-cost',
  'conventions/formulas',
  'conventions/lazy-handler',
  'conventions/methods',
  'conventions/paths',
  'import/**',
  'models/time',
  'openapi/**',
  'operations/certificates',
  'operations/configuration',
  'operations/json-output',
  'operations/log-output',
  'operations/pipelining',
  'operations/proxies',
  'operations/request-log',
  'operations/server-limits',
  'operations/tls-services',
  'operations/variables',
  'posters/refusals',
  'posters/s3',
  'posters/serving',
  'response-cache/entries',
  'response-cache/headers',
  'security/asvs',
  'security/headers',
  'security/origins',
  'security/parser-refusals',
  'security/wire',
  'site/browser/browse',
  'site/browser/home',
  'site/browser/lighthouse',
  'site/browser/movie',
  'site/browser/suggestions',
  'site/browser/text-size',
  'site/poster-titles',
  'site/structured-data',
  'throttling/clock',
];

/** The names of all groups. */
export const NAMES = Object.keys(GROUPS);

/** Whether a pattern names a file, given by its path below `test/` without its ending. */
function isNamed(file, pattern) {
  if (pattern.endsWith('/**')) return file.startsWith(pattern.slice(0, -2));
  if (!pattern.endsWith('/*')) return file === pattern;
  return file.startsWith(pattern.slice(0, -1)) && !file.slice(pattern.length - 1).includes('/');
}

const isOnce = (file) => ONCE.some((pattern) => isNamed(file, pattern));

/**
 * Divides the compiled tests among the groups.
 * @param isFirst whether no other database has run the files about what no database takes part in
 * @returns each group and its files; groups without a file are left out
 * @throws {Error} where a file that a group names is missing: it has been renamed, and would run elsewhere, or twice
 */
export function groupsOfFiles(isFirst) {
  const folder = join('dist', 'test');
  const files = readdirSync(join(ROOT, folder), { encoding: 'utf8', recursive: true })
    .filter((path) => path.endsWith('.test.js'))
    .map((path) => path.slice(0, -'.test.js'.length))
    .toSorted();
  const groups = Object.fromEntries(NAMES.map((name) => [name, []]));
  for (const file of files.filter((path) => isFirst || !isOnce(path))) {
    const [name] =
      Object.entries(GROUPS).find(([, patterns]) => patterns.some((pattern) => isNamed(file, pattern))) ?? [];
    groups[name ?? REST].push(join(folder, `${file}.test.js`));
  }
  for (const pattern of [...Object.values(GROUPS).flat(), ...ONCE])
    if (!pattern.includes('*') && !files.includes(pattern))
      throw new Error(`There is no test/${pattern}.test.ts`);
  return Object.entries(groups)
    .filter(([, own]) => own.length > 0)
    .map(([group, own]) => ({ group, files: own }));
}
