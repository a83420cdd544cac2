import { addSearch, dialect, dropSearchable } from './support/dialect.js';
import { ddl } from './support/ddl.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { id, key, words, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `
    CREATE TABLE stream_platforms (
      id ${id},
      name VARCHAR(30) NOT NULL,
      name_key ${key(90)} NOT NULL,
      about VARCHAR(150) NOT NULL,
      website VARCHAR(100) NOT NULL,
      search_text ${words},
      CONSTRAINT stream_platforms_name_key UNIQUE (name_key)
    ) ${table}`,
  );
  await addSearch(sequelize, 'stream_platforms');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await dropSearchable(sequelize, 'stream_platforms');
}
