import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * How many movies have each word in the title, on MySQL and MariaDB: for suggestions that forgive typing errors. A
 * process reads the words that are new since its last turn.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  const { mysql, table } = dialect(sequelize);
  if (!mysql) return;
  await ddl(
    sequelize,
    `
    CREATE TABLE watch_list_title_words (
      word VARBINARY(100) NOT NULL PRIMARY KEY,
      movies INT NOT NULL,
      turn BIGINT NOT NULL,
      KEY watch_list_title_words_turn (turn)
    ) ${table}`,
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  if (dialect(sequelize).mysql) await ddl(sequelize, 'DROP TABLE IF EXISTS watch_list_title_words');
}
