// `npm test`: builds if needed, then runs every test on a fresh embedded database, and again on each MySQL or MariaDB
// database that TEST_DATABASE_URL names, comma-separated. Such a database is created if it is missing, and otherwise
// EMPTIED. So are the databases for its groups of tests, named after it with a suffix.
// Arguments go to mocha: `npm test -- --grep search`, `npm test -- test/watch/movies.test.ts`.
// TEST_TIMES=1 prints the times of each file. TEST_EMBEDDED=off leaves the embedded database out,
// TEST_WITHOUT=browser,admin groups of tests.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { ROOT } from './build.js';
import { ensureBuilt } from './ensure-built.js';

const ALL = 'dist/test/**/*.test.js';
const THROTTLES = ['ANON', 'USER', 'LOGIN', 'TOKEN', 'REVIEW_CREATE', 'REVIEW_LIST', 'REVIEW_DETAIL'];
/** Variables that the developer's shell may have set, reset to the defaults that the tests assume. */
const DEFAULTED = [
  'DATABASE_REPLICA_URLS', 'DATABASE_POOL_MAX', 'DATABASE_TIMEOUT_SECONDS', 'REDIS_URL', 'SESSION_SECRET', 'JWT_SECRET', 'ADMIN_USERNAME',
  'ADMIN_PASSWORD', 'RATING_PRIOR_MEAN', 'RATING_PRIOR_VOTES', 'PAGE_SIZE', 'MAX_PAGE_SIZE', 'TOKEN_TTL_DAYS',
  'LIST_STYLE', 'JWT_ACCESS_MINUTES', 'JWT_REFRESH_DAYS', 'TRUST_PROXY', 'CORS_ORIGINS', 'SMTP_URL', 'MAIL_FROM', 'METRICS_TOKEN', 'PUBLIC_URL',
  'SITE', 'SITE_NAME',
  'WEB_CONCURRENCY', 'CACHE_SECONDS', 'PORT', 'HOST',
]; // prettier-ignore

/** Only Node.js 20 has the option. */
const OPTIMIZING_LESS = process.version.startsWith('v20.') ? ['--interrupt-budget=1000000'] : [];

/** A run that hangs is killed after this time, and counts as failed. */
const LONGEST_MS = 15 * 60_000;

/** The compiled file of a test that is named by its source. */
const compiled = (argument) => argument.replace(/^(?:\.\/)?test\/(.*)\.ts$/, 'dist/test/$1.js');

const mochaArguments = process.argv.slice(2).map(compiled);

/**
 * The groups of tests: each runs in a process and on a database of its own. Those that take longest, on SQLite or on
 * MySQL, stand first. All tests that need a browser share a group, and so do those that need the panel: both take
 * seconds to start.
 */
const APART = {
  commands: ['commands/**'],
  browser: ['admin/browser/**', 'site/browser/**', 'openapi/docs', 'compatibility/browser'],
  processes: ['seeds/**', 'operations/**'],
  resilience: ['resilience/**'],
  admin: [
    'admin/*',
    'admin/audit/**',
    'security/attempts',
    'security/endings',
    'security/headers',
    'security/lockout',
    'security/logins-under-way',
  ],
  'ratings-integrity': ['ratings-integrity/**'],
  watch: ['watch/**'],
};
const filesOf = (patterns) =>
  patterns.map((pattern) => `dist/test/${pattern.replace(/\*\*$/, '**/*')}.test.js`);
const named = mochaArguments.some((argument) => argument.startsWith('dist/test/'));
const groups = named
  ? { api: mochaArguments }
  : {
      ...Object.fromEntries(
        Object.entries(APART).map(([name, patterns]) => [name, [...filesOf(patterns), ...mochaArguments]]),
      ),
      api: [
        ALL,
        ...filesOf(Object.values(APART).flat()).flatMap((files) => ['--ignore', files]),
        ...mochaArguments,
      ],
    };
/** How many groups run in parallel: they mostly wait for browsers and processes. */
const PARALLEL = 4;

/** The address of a database on the same server, whose name has a suffix. */
function siblingOf(address, suffix) {
  const url = new URL(address);
  url.pathname += `_${suffix}`;
  return url.href;
}

/** Connects to the server of an address. */
function connect(address) {
  const url = new URL(address);
  return mysql.createConnection({
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  });
}

/** The server of an address in words: its kind, its version, and where it is. */
async function serverOf(address) {
  const connection = await connect(address);
  try {
    const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
    const kind = /mariadb/i.test(version) ? 'MariaDB' : 'MySQL';
    return `${kind} ${version.split('-')[0]} at ${new URL(address).host}`;
  } finally {
    await connection.end();
  }
}

/** Creates the database if it is missing, and drops every table in it. */
async function emptyDatabase(address) {
  const name = decodeURIComponent(new URL(address).pathname.slice(1));
  const connection = await connect(address);
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

const listOf = (text = '') =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

/** The groups that are left out. */
const without = listOf(process.env.TEST_WITHOUT);
const unknown = without.find((group) => !Object.hasOwn(APART, group) && group !== 'api');
if (unknown) throw new Error(`TEST_WITHOUT names ${unknown}, which is no group of tests`);

/** The addresses in TEST_DATABASE_URL. A wrong one stops the run before its first test. */
const others = listOf(process.env.TEST_DATABASE_URL);
/** On MySQL `resilience` starts servers too. */
const PARALLEL_ON_MYSQL = without.includes('resilience') ? 3 : 2;
const isEmbedded = process.env.TEST_EMBEDDED !== 'off';
if (!isEmbedded && others.length === 0)
  throw new Error('TEST_EMBEDDED=off leaves no database: set TEST_DATABASE_URL');
for (const [index, other] of others.entries()) {
  if (!/^(mysql|mariadb):\/\/[^/]+\/[^/]/.test(other)) {
    throw new Error(
      `Address ${index + 1} of TEST_DATABASE_URL is not of the form mysql://user:password@host:3306/name`,
    );
  }
}

const total = { passes: 0, failures: 0, pending: 0 };
/** The failures, which are shown again at the end of the report. */
const failed = [];
// In memory, if possible, so that no test waits for a disk.
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const folder = mkdtempSync(join(scratch, 'marquee-test-'));

/** Runs mocha on one database, prints its report when it ends, and adds its counts to the total. */
async function run(name, databaseUrl, files) {
  const counts = join(folder, `counts-${randomUUID()}.json`);
  const child = spawn(
    process.execPath,
    [
      // Requests and rows are garbage at once: a larger young generation collects them less often.
      '--max-semi-space-size=32',
      // Most code of a test runs a few times: optimized at V8's default, it cost a sixth of the processor time.
      ...OPTIMIZING_LESS,
      join('node_modules', 'mocha', 'bin', 'mocha.js'),
      '--reporter',
      'scripts/test-reporter.js',
      ...files,
    ],
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
        MEDIA_URL: `file:${join(folder, `media-${randomUUID()}`)}`,
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
  // A run that was cut off, or exits with an error and no failing test, counts as one failure.
  if (status !== 0 && counted.failures === 0) counted.failures = 1;
  for (const key of Object.keys(total)) total[key] += counted[key];
  failed.push(...(counted.failed ?? []).map((failure) => `${name}: ${failure}`));
  if (process.env.TEST_TIMES && counted.times) showTimes(counted.times);
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

/** Runs every group of tests, some in parallel, each on a database of its own. */
async function runAll(name, parallel, databaseOf) {
  const queue = Object.entries(groups).filter(([group]) => !without.includes(group));
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [group, files] = next;
      await run(`${name}: ${group}`, await databaseOf(group), files);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

try {
  ensureBuilt();
  // Mocha only warns of a missing file, and the test would be left out of every group.
  for (const file of filesOf(Object.values(APART).flat())) {
    if (!file.includes('*') && !existsSync(join(ROOT, file))) throw new Error(`There is no ${file}`);
  }
  if (isEmbedded) {
    await runAll(
      'On the embedded database',
      PARALLEL,
      (group) => `sqlite:${join(folder, group, 'test.sqlite')}`,
    );
  }
  for (const other of others) {
    await runAll(`On ${await serverOf(other)}`, PARALLEL_ON_MYSQL, async (group) => {
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
