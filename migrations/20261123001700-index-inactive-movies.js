import { dialect } from './support/dialect.js';

/**
 * For movies that are not active, of all platforms or one: they are counted, and with them those that are. SQLite has no
 * statistics by which to see that an index of `active` does not bring it nearer to those that are: its index has none of them.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  await sequelize.query(
    dialect(sequelize).mysql
      ? 'ALTER TABLE watch_lists ADD INDEX watch_lists_active (active, platform_id)'
      : 'CREATE INDEX watch_lists_inactive ON watch_lists (platform_id) WHERE active = 0',
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await sequelize.query(
    dialect(sequelize).mysql
      ? 'ALTER TABLE watch_lists DROP INDEX watch_lists_active'
      : 'DROP INDEX watch_lists_inactive',
  );
}
