import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * The inverted index of the movies' words on MySQL and MariaDB, whose full-text indexes take seconds for a common word in
 * a million movies. The application fills it from the queue.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  const { mysql, table, words } = dialect(sequelize);
  if (!mysql) return;
  await ddl(
    sequelize,
    `
    CREATE TABLE watch_list_postings (
      word VARBINARY(100) NOT NULL,
      block INT NOT NULL,
      ids BLOB NOT NULL,
      PRIMARY KEY (word, block)
    ) ${table}`,
  );
  await ddl(
    sequelize,
    `
    CREATE TABLE watch_list_indexed (
      movie_id INT NOT NULL PRIMARY KEY,
      search_text ${words} NOT NULL
    ) ${table}`,
  );
  await ddl(sequelize, `CREATE TABLE watch_list_index_queue (movie_id INT NOT NULL PRIMARY KEY) ${table}`);
  await sequelize.query('INSERT IGNORE INTO watch_list_index_queue SELECT id FROM watch_lists');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  for (const table of ['watch_list_index_queue', 'watch_list_indexed', 'watch_list_postings']) {
    await ddl(sequelize, `DROP TABLE IF EXISTS ${table}`);
  }
}
