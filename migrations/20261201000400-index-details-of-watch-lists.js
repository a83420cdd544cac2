import { ddl } from './support/ddl.js';

/** For the filters and the order by year; the count by kind. On both databases every index ends in the id. */
const INDEXES = {
  watch_lists_year_asc: 'year_asc',
  watch_lists_year_desc: 'year_desc',
  watch_lists_kind: 'kind, year_asc',
  watch_lists_runtime: 'runtime',
  watch_lists_imdb_id: 'imdb_id',
};

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  for (const [name, columns] of Object.entries(INDEXES)) {
    await ddl(sequelize, `CREATE INDEX ${name} ON watch_lists (${columns})`);
  }
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  const onTable = sequelize.getDialect() === 'mysql' ? ' ON watch_lists' : '';
  for (const name of Object.keys(INDEXES)) await ddl(sequelize, `DROP INDEX ${name}${onTable}`);
}
