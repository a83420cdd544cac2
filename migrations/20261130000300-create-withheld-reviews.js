import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/**
 * What moderation knows of a review that its author has deleted, for the case that they write it anew.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  const { boolean, mysql, time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `CREATE TABLE withheld_reviews (
      watchlist_id INT NOT NULL,
      user_id INT NOT NULL,
      active ${boolean} NOT NULL,
      hidden_reason VARCHAR(500),
      reports ${mysql ? 'MEDIUMTEXT' : 'TEXT'} NOT NULL,
      created ${time} NOT NULL,
      PRIMARY KEY (watchlist_id, user_id),
      CONSTRAINT withheld_reviews_watchlist FOREIGN KEY (watchlist_id) REFERENCES watch_lists (id) ON DELETE CASCADE,
      CONSTRAINT withheld_reviews_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX withheld_reviews_user_id ON withheld_reviews (user_id)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS withheld_reviews');
}
