import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * The files that members have checked and may import, in pieces that fit into a statement of any server.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  const { id, time, table, mysql } = dialect(sequelize);
  await ddl(
    sequelize,
    `CREATE TABLE import_parts (
      id ${id},
      user_id INT NOT NULL,
      part INT NOT NULL,
      upload CHAR(32) NOT NULL,
      content ${mysql ? 'MEDIUMBLOB' : 'BLOB'} NOT NULL,
      expires ${time} NOT NULL,
      CONSTRAINT import_parts_user_part UNIQUE (user_id, part),
      CONSTRAINT import_parts_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX import_parts_expires ON import_parts (expires)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS import_parts');
}
