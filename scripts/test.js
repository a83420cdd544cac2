// `npm test`: builds if need be, then runs every test on a fresh embedded database, and again on the MySQL database that
// TEST_DATABASE_URL names, which is made where it is missing and EMPTIED where it is not;
// so are those beside it whose names begin with its.
// Arguments go to mocha: `npm test -- --grep search`, `npm test -- test/watch/movies.test.ts`.
// TEST_TIMES=1 tells what each file took.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { ROOT } from './build.js';
import { ensureBuilt } from './ensure-built.js';

const ALL = 'dist/test/**/*.test.js';
const THROTTLES = ['ANON', 'USER', 'LOGIN', 'REVIEW_CREATE', 'REVIEW_LIST', 'REVIEW_DETAIL'];
/** What the developer's shell may have set and the tests count on having its default. */
const DEFAULTED = [
  'DATABASE_REPLICA_URLS', 'DATABASE_POOL_MAX', 'DATABASE_TIMEOUT_SECONDS', 'REDIS_URL', 'SESSION_SECRET', 'JWT_SECRET', 'ADMIN_USERNAME',
  'ADMIN_PASSWORD', 'RATING_PRIOR_MEAN', 'RATING_PRIOR_VOTES', 'PAGE_SIZE', 'MAX_PAGE_SIZE', 'TOKEN_TTL_DAYS',
  'JWT_ACCESS_MINUTES', 'JWT_REFRESH_DAYS', 'TRUST_PROXY', 'CORS_ORIGINS', 'SMTP_URL', 'MAIL_FROM', 'METRICS_TOKEN',
  'WEB_CONCURRENCY', 'CACHE_SECONDS', 'PORT', 'HOST',
]; // prettier-ignore

/** A run that hangs is ended after this time, and has failed. */
const LONGEST_MS = 15 * 60_000;

/** A test's source, as an editor completes it, names the file that it was compiled to. */
const compiled = (argument) => argument.replace(/^(?:\.\/)?test\/(.*)\.ts$/, 'dist/test/$1.js');

const given = process.argv.slice(2).map(compiled);

/**
 * Tests that run apart from the others, each group in a process and on a database of its own; those that take longest
 * first. All that needs the panel or a browser is in one group, for both take seconds to start.
 */
const APART = {
  cluster: ['cluster/**'],
  admin: ['admin/**', 'security/endings', 'security/headers', 'security/lockout', 'openapi/docs'],
  commands: ['commands/**'],
  'ratings-proof': ['ratings-proof/**'],
  operations: ['operations/**'],
  seeds: ['seeds/**'],
};
const filesOf = (patterns) =>
  patterns.map((pattern) => `dist/test/${pattern.replace(/\*\*$/, '**/*')}.test.js`);
const named = given.some((argument) => argument.startsWith('dist/test/'));
const groups = named
  ? { api: given }
  : {
      api: [ALL, ...filesOf(Object.values(APART).flat()).flatMap((files) => ['--ignore', files]), ...given],
      ...Object.fromEntries(
        Object.entries(APART).map(([name, patterns]) => [name, [...filesOf(patterns), ...given]]),
      ),
    };
/** Groups that run at once: they wait for browsers and processes; on MySQL those of `cluster` start servers as well. */
const ABREAST = 3;
const ABREAST_ON_MYSQL = 2;

/** The address of a database beside another one. */
function siblingOf(address, suffix) {
  const url = new URL(address);
  url.pathname += `_${suffix}`;
  return url.href;
}

/** Makes the database where it is missing and drops every table in it. */
async function emptyDatabase(address) {
  const url = new URL(address);
  const name = decodeURIComponent(url.pathname.slice(1));
  const connection = await mysql.createConnection({
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  });
  try {
    await connection.query('CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4', [name]);
    await connection.query('USE ??', [name]);
    await connection.query('SET FOREIGN_KEY_CHECKS = 0');
    const [tables] = await connection.query(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?',
      [name],
    );
    for (const table of tables) await connection.query('DROP TABLE ??', [table.name]);
  } finally {
    await connection.end();
  }
}

const total = { passes: 0, failures: 0, pending: 0 };
/** What failed, with its errors, to be shown once more at the end of a long report. */
const failed = [];
// Where there is a disk of memory no test waits for a real one.
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const folder = mkdtempSync(join(scratch, 'marquee-test-'));

/** Runs mocha on one database and adds what it counted to the total; its report is shown whole when it ends. */
async function run(name, databaseUrl, files) {
  const counts = join(folder, `counts-${randomUUID()}.json`);
  const child = spawn(
    process.execPath,
    [join('node_modules', 'mocha', 'bin', 'mocha.js'), '--reporter', 'scripts/test-reporter.js', ...files],
    {
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
        TEST_COUNTS: counts,
        TMPDIR: folder,
      },
    },
  );
  const report = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => report.push(text));
  const status = await new Promise((resolve) => {
    child.once('close', resolve);
  });
  process.stdout.write(`\n${name}\n${Buffer.concat(report).toString()}`);
  let counted = { passes: 0, failures: 0, pending: 0 };
  try {
    counted = JSON.parse(readFileSync(counts, 'utf8'));
  } catch {
    failed.push(`${name}: the run ended before it could count its tests`);
  }
  // A run that broke off, or failed without a failing test, has failed.
  if (status !== 0 && counted.failures === 0) counted.failures = 1;
  for (const key of Object.keys(total)) total[key] += counted[key];
  failed.push(...(counted.failed ?? []).map((failure) => `${name}: ${failure}`));
  if (process.env.TEST_TIMES && counted.times) showTimes(counted.times);
}

/** Shows what each file of a run took, the longest first: on the clock, of the processor here, and in child processes. */
function showTimes(times) {
  const longestFirst = Object.entries(times).toSorted(([, a], [, b]) => b.clock - a.clock);
  console.log('     clock   own CPU  children (seconds)');
  for (const [file, { clock, own, children }] of longestFirst) {
    const columns = [clock, own, children].map((ms) => (ms / 1_000).toFixed(1).padStart(10));
    console.log(`${columns.join('')}  ${file}`);
  }
}

/** Runs every group of tests, some abreast, each on a database of its own. */
async function runAll(name, abreast, databaseOf) {
  const waiting = Object.entries(groups);
  const runner = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [group, files] = next;
      await run(`${name}: ${group}`, await databaseOf(group), files);
    }
  };
  await Promise.all(Array.from({ length: abreast }, runner));
}

try {
  ensureBuilt();
  // mocha only warns of a file that is not there, and the others leave it out.
  for (const file of filesOf(Object.values(APART).flat())) {
    if (!file.includes('*') && !existsSync(join(ROOT, file))) throw new Error(`There is no ${file}`);
  }
  await runAll(
    'On the embedded database',
    ABREAST,
    (group) => `sqlite:${join(folder, group, 'test.sqlite')}`,
  );
  const other = process.env.TEST_DATABASE_URL;
  if (other) {
    await runAll('On the database of TEST_DATABASE_URL', ABREAST_ON_MYSQL, async (group) => {
      const address = group === 'api' ? other : siblingOf(other, group);
      await emptyDatabase(address);
      return address;
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failed) console.log(`\nFailed. ${failure}`);
const skipped = total.pending > 0 ? `, ${total.pending} skipped` : '';
console.log(`${total.passes} passed, ${total.failures} failed${skipped}`);
process.exitCode = total.failures > 0 ? 1 : 0;
