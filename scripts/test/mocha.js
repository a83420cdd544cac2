// Runs mocha on files of tests and one database.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build.js';

const THROTTLES = [
  'ANON',
  'USER',
  'LOGIN',
  'TOKEN',
  'REVIEW_CREATE',
  'REVIEW_LIST',
  'REVIEW_DETAIL',
  'OWN_DATA',
];
/** Variables that the developer's shell may have set, reset to the defaults that the tests assume. */
const DEFAULTED = [
  'DATABASE_REPLICA_URLS', 'DATABASE_POOL_MAX', 'DATABASE_TIMEOUT_SECONDS', 'DATABASE_LOCK_SECONDS', 'REDIS_URL', 'SESSION_SECRET', 'JWT_SECRET', 'ADMIN_USERNAME',
  'ADMIN_PASSWORD', 'RATING_PRIOR_MEAN', 'RATING_PRIOR_VOTES', 'PAGE_SIZE', 'MAX_PAGE_SIZE', 'TOKEN_TTL_DAYS',
  'LIST_STYLE', 'JWT_ACCESS_MINUTES', 'JWT_REFRESH_DAYS', 'TRUST_PROXY', 'CORS_ORIGINS', 'SMTP_URL', 'MAIL_FROM', 'METRICS_TOKEN', 'PUBLIC_URL',
  'SITE', 'SITE_NAME', 'STAFF_2FA',
  'WEB_CONCURRENCY', 'WORKER_TIMEOUT_SECONDS', 'CACHE_SECONDS', 'PORT', 'HOST',
]; // prettier-ignore

/** Only Node.js 20 has the option. */
const OPTIMIZING_LESS = process.version.startsWith('v20.') ? ['--interrupt-budget=1000000'] : [];

const OPTIONS = [
  // Requests and rows are garbage at once: a larger young generation collects them less often.
  '--max-semi-space-size=32',
  // Most code of a test runs a few times: optimized at V8's default, it cost a sixth of the processor time.
  ...OPTIMIZING_LESS,
  join('node_modules', 'mocha', 'bin', 'mocha.js'),
  '--reporter',
  'scripts/test/reporter.js',
];

/** A run that hangs is killed after this time, and counts as failed. */
const LONGEST_MS = 15 * 60_000;

/**
 * Runs tests, and prints their report when they end.
 * @param name of the run, in its report
 * @param databaseUrl the application's `DATABASE_URL`
 * @param args files and options of mocha
 * @param folder for temporary files
 * @returns how many tests passed, failed and were skipped (`passes`, `failures`, `pending`), and the failures' texts
 */
export async function runMocha(name, databaseUrl, args, folder) {
  const counts = join(folder, `counts-${randomUUID()}.json`);
  const child = spawn(process.execPath, [...OPTIONS, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
    env: {
      ...process.env,
      ...Object.fromEntries(DEFAULTED.map((variable) => [variable, ''])),
      ...Object.fromEntries(THROTTLES.map((scope) => [`THROTTLE_${scope}`, 'off'])),
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      MEDIA_URL: `file:${join(folder, `media-${randomUUID()}`)}`,
      TEST_COUNTS: counts,
      TMPDIR: folder,
    },
  });
  const report = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => report.push(text));
  const status = await new Promise((resolve) => {
    child.once('close', resolve);
  });
  process.stdout.write(`\n${name}\n${Buffer.concat(report).toString()}`);
  let counted;
  try {
    counted = JSON.parse(readFileSync(counts, 'utf8'));
  } catch {
    const cutOff = 'the run ended before it could count its tests';
    counted = { passes: 0, failures: 1, pending: 0, failed: [cutOff] };
  }
  // A run that was cut off, or exits with an error and no failing test, counts as one failure.
  if (status !== 0 && counted.failures === 0) counted.failures = 1;
  if (process.env.TEST_TIMES && counted.times) showTimes(counted.times);
  return counted;
}

/** Prints the times of each file, the slowest first: wall clock, own CPU time, and that of child processes. */
function showTimes(times) {
  const longestFirst = Object.entries(times).toSorted(([, a], [, b]) => b.clock - a.clock);
  console.log('     clock   own CPU  children (seconds)');
  for (const [file, { clock, own, children }] of longestFirst) {
    const columns = [clock, own, children].map((ms) => (ms / 1_000).toFixed(1).padStart(10));
    console.log(`${columns.join('')}  ${file}`);
  }
}
