import { ddl } from './support/ddl.js';
import { dialect } from './support/dialect.js';

/** Users whose reviews one statement counts. */
const BATCH = 10_000;

/**
 * How many shown reviews with how many stars each user has written. Users without any may have no row.
 * @param {import('sequelize').QueryInterface} queryInterface
 */
export async function up({ sequelize }) {
  const { table } = dialect(sequelize);
  const stars = [1, 2, 3, 4, 5];
  await ddl(
    sequelize,
    `CREATE TABLE member_ratings (
      user_id INT NOT NULL PRIMARY KEY,
      ${stars.map((star) => `rating_${star} INT NOT NULL DEFAULT 0`).join(', ')},
      CONSTRAINT member_ratings_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${table}`,
  );
  const counts = stars.map((star) => `SUM(rating = ${star})`).join(', ');
  for (let after = 0; ;) {
    const [[{ last }]] = await sequelize.query(
      `SELECT MAX(id) AS last FROM (SELECT id FROM users WHERE id > ? ORDER BY id LIMIT ${BATCH}) AS batch`,
      { replacements: [after] },
    );
    if (last === null) break;
    await sequelize.query(
      `REPLACE INTO member_ratings (user_id, ${stars.map((star) => `rating_${star}`).join(', ')})
      SELECT user_id, ${counts} FROM reviews WHERE active = 1 AND user_id > ? AND user_id <= ? GROUP BY user_id`,
      { replacements: [after, last] },
    );
    after = last;
  }
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await ddl(sequelize, 'DROP TABLE IF EXISTS member_ratings');
}
