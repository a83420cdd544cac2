import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { table } = dialect(sequelize);
  await sequelize.query(`
    CREATE TABLE settings (
      name VARCHAR(64) NOT NULL PRIMARY KEY,
      value VARCHAR(255) NOT NULL
    ) ${table}`);
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await sequelize.query('DROP TABLE IF EXISTS settings');
}
