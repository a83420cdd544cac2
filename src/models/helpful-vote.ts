import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { HookedModel } from '../database/model/hooked-model.js';
import { lockHelpfulVote } from '../ratings/helpful-votes.js';
import { missing } from '../ratings/locks.js';
import { addToReviews } from '../ratings/review-counts.js';
import { lockCountedMovies, lockReview } from '../ratings/review-locks.js';

const ONCE = { name: 'helpful_votes_review_user', msg: 'You have already found this review helpful!' };

/** That a user finds a review helpful. The review counts its votes in the transaction of the write. */
export class HelpfulVote extends HookedModel<
  InferAttributes<HelpfulVote>,
  InferCreationAttributes<HelpfulVote>
> {
  declare id: CreationOptional<number>;
  declare review_id: number;
  declare user_id: number;
  declare created: CreationOptional<Date>;

  protected static override async lockAll(ids: number[], _values: object | null): Promise<void> {
    await lockCountedMovies('helpful_votes', ids);
  }
}

HelpfulVote.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    review_id: { type: DataTypes.INTEGER, allowNull: false, unique: ONCE },
    user_id: { type: DataTypes.INTEGER, allowNull: false, unique: ONCE },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
  },
  { sequelize, tableName: 'helpful_votes', modelName: 'HelpfulVote' },
);

// Votes are deleted with reviews and with users, through either index. The movie's lock keeps these from deadlocks.
HelpfulVote.addHook('beforeCreate', 'lock the movie', async (record) => {
  const { review_id, user_id } = record as HelpfulVote;
  const vote = await lockReview(review_id, { users: [user_id] });
  if (!vote) throw missing('review_id', review_id);
  if (vote.user_id === user_id) throw new Error('A review has no vote of its own author');
});

HelpfulVote.addHook('afterCreate', 'count the vote', (record) =>
  addToReviews('helpful_count', [(record as HelpfulVote).review_id], 1),
);

HelpfulVote.addHook('beforeUpdate', 'refuse', () => {
  throw new Error('A vote stays as it is: delete it, or create another one');
});

HelpfulVote.addHook('beforeDestroy', 'uncount the vote', async (record) => {
  const { id, review_id } = record as HelpfulVote;
  await lockReview(review_id);
  if (await lockHelpfulVote(id)) await addToReviews('helpful_count', [review_id], -1);
});
