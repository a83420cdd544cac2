import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `CREATE TABLE otp_factors (
      user_id INT NOT NULL PRIMARY KEY,
      secret VARCHAR(128) NOT NULL,
      key_id VARCHAR(16) NOT NULL,
      expires ${time} NULL,
      last_step INT NOT NULL DEFAULT 0,
      tried INT NOT NULL DEFAULT 0,
      CONSTRAINT otp_factors_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS otp_factors');
}
