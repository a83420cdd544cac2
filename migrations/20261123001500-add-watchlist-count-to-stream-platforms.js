import { ddl } from './support/ddl.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  await ddl(sequelize, 'ALTER TABLE stream_platforms ADD COLUMN watchlist_count INTEGER NOT NULL DEFAULT 0');
  await sequelize.query(`
    UPDATE stream_platforms
    SET watchlist_count = (SELECT COUNT(*) FROM watch_lists WHERE platform_id = stream_platforms.id)`);
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'ALTER TABLE stream_platforms DROP COLUMN watchlist_count');
}
