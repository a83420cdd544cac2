import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * For counts of inactive movies, of all platforms or one, from which the counts of active ones follow. SQLite has no
 * statistics to tell it that an index on `active` does not narrow a search for active movies, so its index is partial.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  await ddl(
    sequelize,
    dialect(sequelize).mysql
      ? 'ALTER TABLE watch_lists ADD INDEX watch_lists_active (active, platform_id)'
      : 'CREATE INDEX watch_lists_inactive ON watch_lists (platform_id) WHERE active = 0',
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(
    sequelize,
    dialect(sequelize).mysql
      ? 'ALTER TABLE watch_lists DROP INDEX watch_lists_active'
      : 'DROP INDEX watch_lists_inactive',
  );
}
