import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { id, time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `
    CREATE TABLE jwt_families (
      id ${id},
      user_id INT NOT NULL,
      refresh_id CHAR(36) NOT NULL,
      created ${time} NOT NULL,
      expires ${time} NOT NULL,
      CONSTRAINT jwt_families_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX jwt_families_user_id ON jwt_families (user_id)');
  await ddl(sequelize, 'CREATE INDEX jwt_families_expires ON jwt_families (expires)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS jwt_families');
}
