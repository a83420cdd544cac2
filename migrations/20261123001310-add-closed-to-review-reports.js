import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { mysql, time } = dialect(sequelize);
  const closed = `ADD COLUMN closed ${time}`;
  if (mysql) {
    await ddl(
      sequelize,
      `ALTER TABLE review_reports ${closed} NULL, ADD INDEX review_reports_open (review_id, closed, id)`,
    );
    return;
  }
  await ddl(sequelize, `ALTER TABLE review_reports ${closed}`);
  await ddl(sequelize, 'CREATE INDEX review_reports_open ON review_reports (review_id, closed, id)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  if (dialect(sequelize).mysql) {
    await ddl(sequelize, 'ALTER TABLE review_reports DROP INDEX review_reports_open, DROP COLUMN closed');
    return;
  }
  await ddl(sequelize, 'DROP INDEX review_reports_open');
  await ddl(sequelize, 'ALTER TABLE review_reports DROP COLUMN closed');
}
