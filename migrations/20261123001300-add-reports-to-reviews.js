import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const open = 'ADD COLUMN open_reports INT NOT NULL DEFAULT 0';
  const reason = 'ADD COLUMN hidden_reason VARCHAR(500)';
  if (dialect(sequelize).mysql) {
    await ddl(
      sequelize,
      `ALTER TABLE reviews ${open}, ${reason}, ADD INDEX reviews_open_reports (open_reports, id)`,
    );
  } else {
    await ddl(sequelize, `ALTER TABLE reviews ${open}`);
    await ddl(sequelize, `ALTER TABLE reviews ${reason}`);
    await ddl(sequelize, 'CREATE INDEX reviews_open_reports ON reviews (open_reports, id)');
  }
  await sequelize.query(`
    UPDATE reviews SET open_reports = (SELECT COUNT(*) FROM review_reports WHERE review_id = reviews.id)
    WHERE id IN (SELECT review_id FROM review_reports)`);
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  if (dialect(sequelize).mysql) {
    await ddl(
      sequelize,
      'ALTER TABLE reviews DROP INDEX reviews_open_reports, DROP COLUMN hidden_reason, DROP COLUMN open_reports',
    );
    return;
  }
  await ddl(sequelize, 'DROP INDEX reviews_open_reports');
  await ddl(sequelize, 'ALTER TABLE reviews DROP COLUMN hidden_reason');
  await ddl(sequelize, 'ALTER TABLE reviews DROP COLUMN open_reports');
}
