import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { id, time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `
    CREATE TABLE review_reports (
      id ${id},
      review_id INT NOT NULL,
      user_id INT NOT NULL,
      reason VARCHAR(500) NOT NULL,
      created ${time} NOT NULL,
      CONSTRAINT review_reports_review_user UNIQUE (review_id, user_id),
      CONSTRAINT review_reports_review FOREIGN KEY (review_id) REFERENCES reviews (id) ON DELETE CASCADE,
      CONSTRAINT review_reports_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX review_reports_user_id ON review_reports (user_id)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS review_reports');
}
