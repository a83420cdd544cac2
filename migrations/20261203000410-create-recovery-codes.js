import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { table } = dialect(sequelize);
  await ddl(
    sequelize,
    `CREATE TABLE recovery_codes (
      user_id INT NOT NULL,
      code_hash CHAR(64) NOT NULL,
      PRIMARY KEY (user_id, code_hash),
      CONSTRAINT recovery_codes_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS recovery_codes');
}
