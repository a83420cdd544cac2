import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** An index for each order of a platform's movies. On both databases every index ends in the id, which orders ties. */
const INDEXES = {
  watch_lists_platform_id: 'platform_id',
  watch_lists_platform_title: 'platform_id, title_key',
  watch_lists_platform_avg_rating: 'platform_id, avg_rating',
  watch_lists_platform_number_rating: 'platform_id, number_rating',
  watch_lists_platform_weighted_rating: 'platform_id, weighted_rating',
};

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const entries = Object.entries(INDEXES);
  if (dialect(sequelize).mysql) {
    const added = entries.map(([name, columns]) => `ADD INDEX ${name} (${columns})`);
    await ddl(sequelize, `ALTER TABLE watch_lists ${added.join(', ')}`);
    return;
  }
  for (const [name, columns] of entries) {
    await ddl(sequelize, `CREATE INDEX ${name} ON watch_lists (${columns})`);
  }
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  const names = Object.keys(INDEXES);
  if (dialect(sequelize).mysql) {
    const dropped = names.map((name) => `DROP INDEX ${name}`);
    await ddl(sequelize, `ALTER TABLE watch_lists ${dropped.join(', ')}`);
    return;
  }
  for (const name of names) await ddl(sequelize, `DROP INDEX ${name}`);
}
