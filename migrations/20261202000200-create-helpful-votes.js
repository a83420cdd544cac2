import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  const { id, time, table } = dialect(sequelize);
  await ddl(
    sequelize,
    `CREATE TABLE helpful_votes (
      id ${id},
      review_id INT NOT NULL,
      user_id INT NOT NULL,
      created ${time} NOT NULL,
      CONSTRAINT helpful_votes_review_user UNIQUE (review_id, user_id),
      CONSTRAINT helpful_votes_review FOREIGN KEY (review_id) REFERENCES reviews (id) ON DELETE CASCADE,
      CONSTRAINT helpful_votes_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
  await ddl(sequelize, 'CREATE INDEX helpful_votes_user_id ON helpful_votes (user_id)');
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS helpful_votes');
}
