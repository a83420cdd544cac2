import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `
    CREATE TABLE sessions (
      sid VARCHAR(64) NOT NULL PRIMARY KEY,
      user_id INT,
      data TEXT NOT NULL,
      created ${time} NOT NULL,
      expires ${time} NOT NULL,
      CONSTRAINT sessions_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX sessions_user_id ON sessions (user_id)');
  await ddl(sequelize, 'CREATE INDEX sessions_expires ON sessions (expires)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS sessions');
}
