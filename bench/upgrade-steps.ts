/*
 * Undoes the migrations since 0.1 in the database of DATABASE_URL, runs them again one by one, and prints as JSON how
 * many seconds each took.
 */
import { allowLongStatements } from '../src/database/mysql-session.js';
import { closeDatabase } from '../src/database/database.js';
import { migrations } from '../src/database/migrations.js';

/** The last migration of 0.1. A release keeps it: upgrades from 0.1 are what is measured. */
const LAST_OF_0_1 = '20261123001700-index-inactive-movies.js';
const MS_PER_SECOND = 1_000;

allowLongStatements();
const firstSince = (await migrations.executed()).find((name) => name > LAST_OF_0_1);
if (firstSince) await migrations.downTo(firstSince);

const steps = [];
for (const name of await migrations.pending()) {
  const start = performance.now();
  await migrations.up([name]);
  steps.push({ name, seconds: (performance.now() - start) / MS_PER_SECOND });
}
process.stdout.write(JSON.stringify(steps));
await closeDatabase();
