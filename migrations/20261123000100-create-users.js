import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { id, key, boolean, time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `
    CREATE TABLE users (
      id ${id},
      username VARCHAR(150) NOT NULL,
      username_key ${key(150)} NOT NULL,
      email VARCHAR(254) NOT NULL,
      email_key ${key(254)} NOT NULL,
      password VARCHAR(255),
      role VARCHAR(16) NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'moderator', 'admin')),
      is_active ${boolean} NOT NULL DEFAULT 1,
      date_joined ${time} NOT NULL,
      last_login ${time},
      CONSTRAINT users_username_key UNIQUE (username_key),
      CONSTRAINT users_email_key UNIQUE (email_key)
    ) ${table}`,
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS users');
}
