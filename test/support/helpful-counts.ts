import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database/database.js';

/** Counts the votes of every review by plain SQL, and compares the review's row with them. */
export async function expectHelpfulCountsExact(): Promise<Map<number, number>> {
  const reviews = await sequelize.query<{ id: number; helpful_count: number; votes: number }>(
    `SELECT r.id, r.helpful_count, COUNT(v.id) AS votes FROM reviews r
    LEFT JOIN helpful_votes v ON v.review_id = r.id GROUP BY r.id, r.helpful_count ORDER BY r.id`,
    { type: QueryTypes.SELECT },
  );
  for (const { id, helpful_count, votes } of reviews) {
    expect(helpful_count, `review ${id}`).to.equal(votes);
  }
  return new Map(reviews.map(({ id, votes }) => [id, votes]));
}
