import {
  type CreationOptional,
  DataTypes,
  EmptyResultError,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database.js';
import { countVotes, lockMovies, lockUsers, lockVote, type Vote } from './ratings.js';
import { HookedModel } from './record.js';
import { NOT_NULL, rangeFault, textFault, validator } from './rules.js';
import { searchText } from './search.js';
import { User } from './user.js';
import { WatchList } from './watch-list.js';

export const DESCRIPTION_MAX = 2_000;

const TWICE = { name: 'reviews_watchlist_user', msg: 'You have already reviewed this movie!' };

/** A user's review of a movie. Its hooks keep the movie's ratings right in the review's own transaction. */
export class Review extends HookedModel<InferAttributes<Review>, InferCreationAttributes<Review>> {
  static override readonly createsInBulk = true;

  declare id: CreationOptional<number>;
  declare user_id: ForeignKey<number>;
  declare watchlist_id: ForeignKey<number>;
  declare rating: number;
  declare description: CreationOptional<string | null>;
  declare spoiler: CreationOptional<boolean>;
  declare active: CreationOptional<boolean>;
  declare created: CreationOptional<Date>;
  /** The column is `update`, a name that Sequelize's method takes. */
  declare updated: CreationOptional<Date>;
  declare search_text: CreationOptional<string | null>;
  declare user?: NonAttribute<User>;
  declare movie?: NonAttribute<WatchList>;
}

Review.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    user_id: {
      type: DataTypes.INTEGER,
      allowNull: false,
      unique: TWICE,
      validate: { notNull: { msg: NOT_NULL } },
    },
    watchlist_id: {
      type: DataTypes.INTEGER,
      allowNull: false,
      unique: TWICE,
      validate: { notNull: { msg: NOT_NULL } },
    },
    rating: {
      type: DataTypes.INTEGER,
      allowNull: false,
      validate: {
        notNull: { msg: NOT_NULL },
        range: validator((value: unknown) => rangeFault(Number(value), 1, 5)),
      },
    },
    description: {
      type: DataTypes.TEXT,
      set(this: Review, value: string | null) {
        this.setDataValue('description', value);
        this.setDataValue('search_text', searchText(value));
      },
      validate: {
        text: validator((value: string) => textFault(value, { max: DESCRIPTION_MAX, blank: true })),
      },
    },
    spoiler: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
    active: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    updated: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW, field: 'update' },
    search_text: { type: DataTypes.TEXT },
  },
  {
    sequelize,
    tableName: 'reviews',
    modelName: 'Review',
    timestamps: true,
    createdAt: 'created',
    updatedAt: 'updated',
  },
);

Review.belongsTo(User, { as: 'user', foreignKey: 'user_id', constraints: false });
Review.belongsTo(WatchList, { as: 'movie', foreignKey: 'watchlist_id', constraints: false });

function voteOf(review: Review): Vote {
  return { watchlist_id: review.watchlist_id, rating: Number(review.rating), active: review.active };
}

/** What the write with these options takes from the ratings and adds to them once the row is written. */
const differences = new WeakMap<object, { before: Vote | null; after: Vote }>();

Review.addHook('beforeCreate', 'lock the movie', async (record, options) => {
  const review = record as Review;
  // One clock reading for both: a client may compare them to tell whether a review was edited.
  review.updated = review.created;
  await lockUsers([review.user_id]);
  await lockMovies([review.watchlist_id]);
  differences.set(options, { before: null, after: voteOf(review) });
});

Review.addHook('beforeBulkCreate', 'lock the movies', async (records) => {
  const reviews = records as Review[];
  await lockUsers([...new Set(reviews.map((review) => review.user_id))]);
  await lockMovies(reviews.map((review) => review.watchlist_id));
});

Review.addHook('afterBulkCreate', 'count the votes', async (reviews) => {
  await countVotes((reviews as Review[]).map((review) => ({ ...voteOf(review), by: 1 })));
});

Review.addHook('beforeUpdate', 'lock the movies', async (record, options) => {
  const review = record as Review;
  if (review.changed('user_id') || review.changed('watchlist_id')) await lockUsers([review.user_id]);
  const changes: Partial<Vote> = {};
  if (review.changed('rating')) changes.rating = Number(review.rating);
  if (review.changed('active')) changes.active = review.active;
  if (review.changed('watchlist_id')) changes.watchlist_id = review.watchlist_id;
  if (Object.keys(changes).length === 0) return;
  const before = await lockStoredVote(review, [review.watchlist_id]);
  if (!before) throw new EmptyResultError('The review has been deleted meanwhile');
  differences.set(options, { before, after: { ...before, ...changes } });
});

Review.addHook('afterSave', 'count the vote', async (_review, options) => {
  const difference = differences.get(options);
  if (!difference) return;
  const { before, after } = difference;
  await countVotes([...(before ? [{ ...before, by: -1 as const }] : []), { ...after, by: 1 }]);
});

Review.addHook('beforeDestroy', 'uncount the vote', async (record) => {
  const before = await lockStoredVote(record as Review, []);
  if (before) await countVotes([{ ...before, by: -1 }]);
});

/** The review's vote as it is stored, since the instance may be older; its movie and `alsoMovies` are locked first. */
async function lockStoredVote(review: Review, alsoMovies: number[]): Promise<Vote | null> {
  const known = review.previous('watchlist_id') ?? review.watchlist_id;
  await lockMovies([known, ...alsoMovies], { required: alsoMovies });
  const vote = await lockVote(review.id);
  if (vote && vote.watchlist_id !== known) await lockMovies([vote.watchlist_id]);
  return vote;
}
