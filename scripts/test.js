// `npm test`: builds if needed, then runs every test on a fresh embedded database, and again on each MySQL or MariaDB
// database that TEST_DATABASE_URL names, comma-separated. Such a database is created if it is missing, and otherwise
// EMPTIED. So are the databases for its groups of tests, named after it with a suffix. Tests of what no database takes
// part in run on the first of them only.
// Arguments go to mocha: `npm test -- --grep search`, `npm test -- test/watch/movies.test.ts`.
// TEST_TIMES=1 prints the times of each file. TEST_EMBEDDED=off leaves the embedded database out,
// TEST_WITHOUT=browser,admin groups of tests.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './ensure-built.js';
import { addressesIn, emptyDatabase, listOf, serverOf, siblingOf } from './test/databases.js';
import { groupsOfFiles, NAMES } from './test/groups.js';
import { runMocha } from './test/mocha.js';

/** The compiled file of a test that is named by its source. */
const compiled = (argument) => argument.replace(/^(?:\.\/)?test\/(.*)\.ts$/, 'dist/test/$1.js');

const mochaArguments = process.argv.slice(2).map(compiled);
const areNamed = mochaArguments.some((argument) => argument.startsWith('dist/test/'));

/** The groups that are left out. */
const without = listOf(process.env.TEST_WITHOUT);
const unknown = without.find((group) => !NAMES.includes(group));
if (unknown) throw new Error(`TEST_WITHOUT names ${unknown}, which is no group of tests`);

const others = addressesIn(process.env.TEST_DATABASE_URL);
const isEmbedded = process.env.TEST_EMBEDDED !== 'off';
if (!isEmbedded && others.length === 0)
  throw new Error('TEST_EMBEDDED=off leaves no database: set TEST_DATABASE_URL');

/** How many groups run in parallel: they often wait for browsers, processes and times. */
const PARALLEL = 4;
/** On MySQL the server works too. */
const PARALLEL_ON_MYSQL = 3;

// In memory, if possible, so that no test waits for a disk.
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const folder = mkdtempSync(join(scratch, 'marquee-test-'));

const total = { passes: 0, failures: 0, pending: 0 };
/** The failures, which are shown again at the end of the report. */
const failed = [];

/** Runs a group of tests on one database, and adds its counts to the total. */
async function run(name, databaseUrl, args) {
  const counted = await runMocha(name, databaseUrl, args, folder);
  for (const key of Object.keys(total)) total[key] += counted[key];
  failed.push(...counted.failed.map((failure) => `${name}: ${failure}`));
}

/** The groups to be run on a database, with mocha's arguments. */
function groupsToRun(isFirst) {
  if (areNamed) return [{ group: 'api', args: mochaArguments }];
  return groupsOfFiles(isFirst)
    .filter(({ group }) => !without.includes(group))
    .map(({ group, files }) => ({ group, args: [...files, ...mochaArguments] }));
}

/** What is to be run: each group on each database. `share` is how much of the machine it takes. */
async function jobs() {
  const all = [];
  if (isEmbedded) {
    for (const { group, args } of groupsToRun(true)) {
      const url = `sqlite:${join(folder, group, 'test.sqlite')}`;
      const start = () => run(`On the embedded database: ${group}`, url, args);
      all.push({ share: 1 / PARALLEL, start });
    }
  }
  for (const [index, other] of others.entries()) {
    const server = await serverOf(other);
    for (const { group, args } of groupsToRun(!isEmbedded && index === 0)) {
      const url = group === 'api' ? other : siblingOf(other, group);
      const start = async () => {
        await emptyDatabase(url);
        await run(`On ${server}: ${group}`, url, args);
      };
      all.push({ share: 1 / PARALLEL_ON_MYSQL, start });
    }
  }
  return all;
}

/** What shares add up to is rounded. */
const WHOLE = 1.001;

/** Runs jobs in their order, as many at once as the machine takes: a database begins beside the last groups of the one before. */
async function runAll(queue) {
  /** The share of each running job. */
  const running = new Map();
  const isRoomFor = (share) => [...running.values()].reduce((sum, other) => sum + other, share) < WHOLE;
  for (const { share, start } of queue) {
    while (!isRoomFor(share)) await Promise.race(running.keys());
    const job = start().finally(() => running.delete(job));
    running.set(job, share);
  }
  await Promise.all(running.keys());
}

try {
  ensureBuilt();
  await runAll(await jobs());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failed) console.log(`\nFailed. ${failure}`);
const skipped = total.pending > 0 ? `, ${total.pending} skipped` : '';
console.log(`${total.passes} passed, ${total.failures} failed${skipped}`);
process.exitCode = total.failures > 0 ? 1 : 0;
