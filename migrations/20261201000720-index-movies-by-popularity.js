import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * For searches by relevance: within a relevance the movies with the most reviews come first, and of those with equally
 * many the oldest. MariaDB before 10.8 ignores the direction, and sorts. SQLite sorts what its full-text index finds.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  if (!dialect(sequelize).mysql) return;
  await ddl(sequelize, 'ALTER TABLE watch_lists ADD INDEX watch_lists_popularity (number_rating DESC, id)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  if (!dialect(sequelize).mysql) return;
  await ddl(sequelize, 'ALTER TABLE watch_lists DROP INDEX watch_lists_popularity');
}
