import { dialect } from './support/dialect.js';

/**
 * For each order of a movie's reviews that are shown; that by rating has its index. The id, by which equals are ordered,
 * ends every index on both databases: were it written here, InnoDB would take the index for longer, and others for better.
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
    await sequelize.query(`ALTER TABLE reviews ${added.join(', ')}`);
    return;
  }
  for (const [name, columns] of entries) {
    await sequelize.query(`CREATE INDEX ${name} ON reviews (${columns})`);
  }
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  const names = Object.keys(INDEXES);
  if (dialect(sequelize).mysql) {
    const dropped = names.map((name) => `DROP INDEX ${name}`);
    await sequelize.query(`ALTER TABLE reviews ${dropped.join(', ')}`);
    return;
  }
  for (const name of names) await sequelize.query(`DROP INDEX ${name}`);
}
