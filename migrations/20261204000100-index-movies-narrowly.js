import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * The columns of all filters and orders of movies but for the texts: a ninth of the table. The id leads, so that rows found
 * elsewhere are checked there too. SQLite finds such rows fast enough by the table.
 */
const COLUMNS =
  'id, platform_id, active, kind, year_asc, year_desc, runtime, created, avg_rating, number_rating, weighted_rating, genre_ids';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  if (!dialect(sequelize).mysql) return;
  await ddl(sequelize, `ALTER TABLE watch_lists ADD INDEX watch_lists_narrow (${COLUMNS})`);
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  if (!dialect(sequelize).mysql) return;
  await ddl(sequelize, 'ALTER TABLE watch_lists DROP INDEX watch_lists_narrow');
}
