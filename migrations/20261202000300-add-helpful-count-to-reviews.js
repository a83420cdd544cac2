import { addTo, dropFrom } from './support/alter.js';

/** For the orders of a movie's and of a user's shown reviews by it. On both databases every index ends in the id. */
const ADDED = {
  columns: { helpful_count: 'INT NOT NULL DEFAULT 0' },
  indexes: {
    reviews_shown_helpful: 'watchlist_id, active, helpful_count',
    reviews_user_helpful: 'user_id, active, helpful_count',
  },
};

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function up({ sequelize }) {
  await addTo(sequelize, 'reviews', ADDED);
  // There are votes where this migration alone was undone.
  await sequelize.query(`
    UPDATE reviews SET helpful_count = (SELECT COUNT(*) FROM helpful_votes WHERE review_id = reviews.id)
    WHERE id IN (SELECT review_id FROM helpful_votes)`);
}

/** @param {import('sequelize').QueryInterface} queryInterface */
export async function down({ sequelize }) {
  await dropFrom(sequelize, 'reviews', ADDED);
}
