import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { mysql, time } = dialect(sequelize);
  const closed = `ADD COLUMN closed ${time}`;
  if (mysql) {
    await sequelize.query(
      `ALTER TABLE review_reports ${closed} NULL, ADD INDEX review_reports_open (review_id, closed, id)`,
    );
    return;
  }
  await sequelize.query(`ALTER TABLE review_reports ${closed}`);
  await sequelize.query('CREATE INDEX review_reports_open ON review_reports (review_id, closed, id)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  if (dialect(sequelize).mysql) {
    await sequelize.query('ALTER TABLE review_reports DROP INDEX review_reports_open, DROP COLUMN closed');
    return;
  }
  await sequelize.query('DROP INDEX review_reports_open');
  await sequelize.query('ALTER TABLE review_reports DROP COLUMN closed');
}
