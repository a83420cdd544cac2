import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { time, table } = dialect(sequelize);
  await sequelize.query(`
    CREATE TABLE password_resets (
      user_id INT NOT NULL PRIMARY KEY,
      token_hash CHAR(64) NOT NULL,
      expires ${time} NOT NULL,
      CONSTRAINT password_resets_token_hash UNIQUE (token_hash),
      CONSTRAINT password_resets_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`);
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await sequelize.query('DROP TABLE IF EXISTS password_resets');
}
