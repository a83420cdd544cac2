import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { anonymous } from './clients.js';
import { distributionOf } from './ratings.js';

/** Counts every user's shown reviews by plain SQL, and compares the profile, and the count of the list, with them. */
export async function expectProfilesExact(): Promise<void> {
  const users = await sequelize.query<{ id: number; username: string; is_active: number }>(
    'SELECT id, username, is_active FROM users ORDER BY id',
    { type: QueryTypes.SELECT },
  );
  const reviews = await sequelize.query<{ user_id: number; rating: number }>(
    'SELECT user_id, rating FROM reviews WHERE active = 1',
    { type: QueryTypes.SELECT },
  );
  for (const { id, username, is_active } of users) {
    const { status, body } = await anonymous.get(`/watch/users/${encodeURIComponent(username)}/`);
    expect(status, username).to.equal(is_active ? 200 : 404);
    if (!is_active) continue;
    const votes = reviews.filter(({ user_id }) => user_id === id).map(({ rating }) => rating);
    const sum = votes.reduce((total, stars) => total + stars, 0);
    expect(body, `profile of ${username}`).to.deep.include({
      username,
      number_reviews: votes.length,
      avg_rating: votes.length === 0 ? 0 : sum / votes.length,
      rating_distribution: distributionOf(votes),
    });
    const list = await anonymous.get(`/watch/reviews/?username=${encodeURIComponent(username)}&page_size=1`);
    expect(list.body.count, `reviews of ${username}`).to.equal(votes.length);
  }
}
