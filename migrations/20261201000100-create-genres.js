import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { id, key, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `CREATE TABLE genres (
      id ${id},
      name VARCHAR(40) NOT NULL,
      name_key ${key(120)} NOT NULL,
      watchlist_count INT NOT NULL DEFAULT 0,
      CONSTRAINT genres_name_key UNIQUE (name_key)
    ) ${table}`,
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS genres');
}
