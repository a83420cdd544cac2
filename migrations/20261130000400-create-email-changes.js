import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `CREATE TABLE email_changes (
      user_id INT NOT NULL PRIMARY KEY,
      token_hash CHAR(64) NOT NULL,
      email VARCHAR(254) NOT NULL,
      expires ${time} NOT NULL,
      CONSTRAINT email_changes_token_hash UNIQUE (token_hash),
      CONSTRAINT email_changes_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS email_changes');
}
