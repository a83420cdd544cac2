import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * An index for each order of a movie's shown reviews; the order by rating has one already. On both databases every index
 * ends in the id, which orders ties. Written out, it would make InnoDB estimate the index as longer and prefer others.
 */
const INDEXES = {
  reviews_shown: 'watchlist_id, active',
  reviews_shown_created: 'watchlist_id, active, created',
  reviews_shown_update: 'watchlist_id, active, `update`',
};

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const entries = Object.entries(INDEXES);
  if (dialect(sequelize).mysql) {
    const added = entries.map(([name, columns]) => `ADD INDEX ${name} (${columns})`);
    await ddl(sequelize, `ALTER TABLE reviews ${added.join(', ')}`);
    return;
  }
  for (const [name, columns] of entries) {
    await ddl(sequelize, `CREATE INDEX ${name} ON reviews (${columns})`);
  }
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  const names = Object.keys(INDEXES);
  if (dialect(sequelize).mysql) {
    const dropped = names.map((name) => `DROP INDEX ${name}`);
    await ddl(sequelize, `ALTER TABLE reviews ${dropped.join(', ')}`);
    return;
  }
  for (const name of names) await ddl(sequelize, `DROP INDEX ${name}`);
}
