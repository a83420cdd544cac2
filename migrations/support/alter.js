import { ddl } from './ddl.js';
import { dialect } from './dialect.js';

/**
 * What a migration adds to a table: the types of columns and the columns of indexes, by name.
 * @typedef {{ columns?: Record<string, string>, indexes?: Record<string, string> }} Additions
 */

/**
 * Adds columns, and indexes on them, to a table. MySQL does it in one statement: a table with a full-text index is rebuilt
 * for each that adds a column. SQLite has statements for one at a time, and rebuilds nothing.
 * @param {import('sequelize').Sequelize} sequelize
 * @param {string} table
 * @param {Additions} additions
 */
export async function addTo(sequelize, table, { columns = {}, indexes = {} }) {
  const added = Object.entries(columns).map(([name, type]) => `ADD COLUMN ${name} ${type}`);
  const indexed = Object.entries(indexes);
  if (dialect(sequelize).mysql) {
    const steps = [...added, ...indexed.map(([name, on]) => `ADD INDEX ${name} (${on})`)];
    await ddl(sequelize, `ALTER TABLE ${table} ${steps.join(', ')}`);
    return;
  }
  for (const step of added) await ddl(sequelize, `ALTER TABLE ${table} ${step}`);
  for (const [name, on] of indexed) await ddl(sequelize, `CREATE INDEX ${name} ON ${table} (${on})`);
}

/**
 * Drops what `addTo` has added.
 * @param {import('sequelize').Sequelize} sequelize
 * @param {string} table
 * @param {Additions} additions
 */
export async function dropFrom(sequelize, table, { columns = {}, indexes = {} }) {
  const dropped = Object.keys(columns).map((name) => `DROP COLUMN ${name}`);
  const unindexed = Object.keys(indexes);
  if (dialect(sequelize).mysql) {
    const steps = [...unindexed.map((name) => `DROP INDEX ${name}`), ...dropped];
    await ddl(sequelize, `ALTER TABLE ${table} ${steps.join(', ')}`);
    return;
  }
  for (const name of unindexed) await ddl(sequelize, `DROP INDEX ${name}`);
  for (const step of dropped.toReversed()) await ddl(sequelize, `ALTER TABLE ${table} ${step}`);
}
