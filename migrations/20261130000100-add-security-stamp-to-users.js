import { ddl } from './support/ddl.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  await ddl(sequelize, "ALTER TABLE users ADD COLUMN security_stamp VARCHAR(32) NOT NULL DEFAULT ''");
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'ALTER TABLE users DROP COLUMN security_stamp');
}
