import { ddl } from './support/ddl.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  await ddl(sequelize, 'CREATE INDEX reviews_active_created ON reviews (active, created)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  const on = sequelize.getDialect() === 'mysql' ? ' ON reviews' : '';
  await ddl(sequelize, `DROP INDEX reviews_active_created${on}`);
}
