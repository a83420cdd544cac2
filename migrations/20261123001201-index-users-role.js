import { ddl } from './support/ddl.js';

/** For the check that an active admin is left. @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  await ddl(sequelize, 'CREATE INDEX users_role_active ON users (role, is_active)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  const on = sequelize.getDialect() === 'mysql' ? ' ON users' : '';
  await ddl(sequelize, `DROP INDEX users_role_active${on}`);
}
