import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * The sweep of posters looks for the movies that have a file.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  await ddl(
    sequelize,
    dialect(sequelize).mysql
      ? 'ALTER TABLE watch_lists ADD INDEX watch_lists_poster (poster), ALGORITHM=INPLACE, LOCK=NONE'
      : 'CREATE INDEX watch_lists_poster ON watch_lists (poster) WHERE poster IS NOT NULL',
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(
    sequelize,
    dialect(sequelize).mysql
      ? 'ALTER TABLE watch_lists DROP INDEX watch_lists_poster'
      : 'DROP INDEX watch_lists_poster',
  );
}
