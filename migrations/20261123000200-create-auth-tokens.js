import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { id, time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `
    CREATE TABLE auth_tokens (
      id ${id},
      user_id INT NOT NULL,
      key_hash CHAR(64) NOT NULL,
      client VARCHAR(200) NOT NULL DEFAULT '',
      created ${time} NOT NULL,
      last_used ${time},
      expires ${time} NOT NULL,
      CONSTRAINT auth_tokens_key_hash UNIQUE (key_hash),
      CONSTRAINT auth_tokens_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX auth_tokens_user_id ON auth_tokens (user_id)');
  await ddl(sequelize, 'CREATE INDEX auth_tokens_expires ON auth_tokens (expires)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS auth_tokens');
}
