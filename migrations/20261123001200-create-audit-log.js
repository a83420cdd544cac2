import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { id, mysql, time, table } = dialect(sequelize);
  // No foreign keys: an entry outlives the user and the record that it names.
  await ddl(
    sequelize,
    `
    CREATE TABLE audit_log (
      id ${id},
      created ${time} NOT NULL,
      actor_id INT,
      actor VARCHAR(150)${mysql ? '' : ' COLLATE NOCASE'} NOT NULL,
      actor_role VARCHAR(16) NOT NULL,
      door VARCHAR(16) NOT NULL,
      address VARCHAR(64) NOT NULL,
      request_id VARCHAR(128) NOT NULL,
      action VARCHAR(32) NOT NULL,
      resource VARCHAR(64) NOT NULL,
      record_id INT NOT NULL,
      record_title VARCHAR(200) NOT NULL,
      changes TEXT NOT NULL,
      cascaded TEXT,
      restored_id INT
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX audit_log_record ON audit_log (resource, record_id, created)');
  await ddl(sequelize, 'CREATE INDEX audit_log_actor ON audit_log (actor, created)');
  await ddl(sequelize, 'CREATE INDEX audit_log_created ON audit_log (created)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS audit_log');
}
