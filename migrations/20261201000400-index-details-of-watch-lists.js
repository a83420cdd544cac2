import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** For the filters and the order by year; the count by kind; the sweep of posters. On both databases every index ends in the id. */
const INDEXES = {
  watch_lists_year_asc: 'year_asc',
  watch_lists_year_desc: 'year_desc',
  watch_lists_kind: 'kind, year_asc',
  watch_lists_runtime: 'runtime',
  watch_lists_imdb_id: 'imdb_id',
  watch_lists_poster: 'poster',
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
