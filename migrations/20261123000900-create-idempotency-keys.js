import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { mysql, id, time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `
    CREATE TABLE idempotency_keys (
      id ${id},
      user_id INT NOT NULL,
      request_hash CHAR(64) NOT NULL,
      body_hash CHAR(64) NOT NULL,
      status INT,
      answer ${mysql ? 'MEDIUMTEXT' : 'TEXT'},
      expires ${time} NOT NULL,
      CONSTRAINT idempotency_keys_request UNIQUE (user_id, request_hash),
      CONSTRAINT idempotency_keys_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX idempotency_keys_expires ON idempotency_keys (expires)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS idempotency_keys');
}
