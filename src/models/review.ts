import {
  type CreationOptional,
  DataTypes,
  EmptyResultError,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type Model as SequelizeModel,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { audit } from '../audit/audit-hooks.js';
import { noteChange } from '../database/changes.js';
import { refuseDerived } from '../database/model/derived-fields.js';
import { type Stars, STARS } from '../ratings/distribution.js';
import { lockMovies, lockUsers } from '../ratings/locks.js';
import type { Vote } from '../ratings/differences.js';
import { removeOwnVote } from '../ratings/helpful-votes.js';
import { countVotes, lockVote } from '../ratings/votes.js';
import { HookedModel } from '../database/model/hooked-model.js';
import { closeReports } from '../ratings/report-counts.js';
import { lockReview, lockReviews } from '../ratings/review-locks.js';
import { NOT_NULL, rangeFault, textFault, validator } from './validation.js';
import { keepSearchText } from './search-text.js';
import { User } from './user.js';
import { WatchList } from './watch-list.js';
import { withholdReplacements } from './withhold-replacements.js';

export const DESCRIPTION_MAX = 2_000;
export const HIDDEN_REASON_MAX = 500;

/** The attributes whose words a search finds. */
export const SEARCHED = ['description'];

/** The unique pair of user and movie. */
export const ALREADY_REVIEWED = {
  name: 'reviews_watchlist_user',
  msg: 'You have already reviewed this movie!',
};

/** A user's review of a movie. Its hooks update the movie's ratings in the transaction of the write. */
export class Review extends HookedModel<InferAttributes<Review>, InferCreationAttributes<Review>> {
  static override readonly createsInBulk = true;

  declare id: CreationOptional<number>;
  declare user_id: ForeignKey<number>;
  declare watchlist_id: ForeignKey<number>;
  declare rating: number;
  declare description: CreationOptional<string | null>;
  declare spoiler: CreationOptional<boolean>;
  declare active: CreationOptional<boolean>;
  /** Why a moderator has hidden it, for staff only; null while it is visible. */
  declare hidden_reason: CreationOptional<string | null>;
  /** The number of reports that await a moderator; see `report-counts.ts`. */
  declare open_reports: CreationOptional<number>;
  /** The number of users who find it helpful; see `helpful-votes.ts`. */
  declare helpful_count: CreationOptional<number>;
  declare created: CreationOptional<Date>;
  /** The column is `update`, a name that a method of Sequelize has. */
  declare updated: CreationOptional<Date>;
  declare search_text: CreationOptional<string | null>;
  declare user?: NonAttribute<User>;
  declare movie?: NonAttribute<WatchList>;

  protected static override async lockAll(ids: number[], values: Partial<Review> | null): Promise<void> {
    const { user_id, watchlist_id } = values ?? {};
    await lockReviews(ids, {
      users: user_id === undefined ? [] : [user_id],
      movies: watchlist_id === undefined ? [] : [watchlist_id],
      moving: user_id !== undefined || watchlist_id !== undefined,
    });
  }
}

Review.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    user_id: {
      type: DataTypes.INTEGER,
      allowNull: false,
      unique: ALREADY_REVIEWED,
      validate: { notNull: { msg: NOT_NULL } },
    },
    watchlist_id: {
      type: DataTypes.INTEGER,
      allowNull: false,
      unique: ALREADY_REVIEWED,
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
      validate: {
        text: validator((value: string) => textFault(value, { max: DESCRIPTION_MAX, blank: true })),
      },
    },
    spoiler: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
    active: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
    hidden_reason: {
      type: DataTypes.STRING(HIDDEN_REASON_MAX),
      validate: {
        text: validator((value: string) => textFault(value, { max: HIDDEN_REASON_MAX, blank: true })),
      },
    },
    open_reports: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
    helpful_count: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
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

/** The columns of a vote. */
const VOTE_FIELDS = ['user_id', 'watchlist_id', 'rating', 'active'];

/** The fields that are derived from reports and from votes, with their values in a new review. */
const COUNTS = { reports: { open_reports: 0 }, 'helpful votes': { helpful_count: 0 } };

function refuseCounts(review: SequelizeModel, fields?: string[]): void {
  for (const [from, fresh] of Object.entries(COUNTS)) refuseDerived(review, fresh, from, fields);
}

/** By the options of a running save that may change a vote: the stored vote before it; null for a new review. */
const votesBefore = new WeakMap<object, Vote | null>();

/* The hooks run in this order: checks and derived values, locks in lock order, then the counts. */

Review.addHook('beforeSave', 'refuse the counts', (review, options) => {
  refuseCounts(review, options.fields);
});

Review.addHook('beforeSave', 'clear the reason', (record) => {
  const review = record as Review;
  if (review.active && review.hidden_reason) review.hidden_reason = null;
});

keepSearchText(Review, SEARCHED);

Review.addHook('beforeCreate', 'set both times', (record) => {
  const review = record as Review;
  // One clock reading for both: a client may compare them to tell whether a review was edited.
  review.updated = review.created;
});

Review.addHook('beforeCreate', 'lock the movie', async (record, options) => {
  const review = record as Review;
  await lockUsers([review.user_id]);
  await lockMovies([review.watchlist_id]);
  votesBefore.set(options, null);
});

Review.addHook('beforeUpdate', 'lock the movies', async (record, options) => {
  const review = record as Review;
  const writes = (field: string) => options.fields?.includes(field as keyof Review['_attributes']) ?? true;
  const moving = writes('user_id') || writes('watchlist_id');
  if (!VOTE_FIELDS.some(writes)) return;
  const before = await lockReview(review.id, {
    users: writes('user_id') ? [review.user_id] : [],
    movies: writes('watchlist_id') ? [review.watchlist_id] : [],
    moving,
  });
  if (!before) throw new EmptyResultError('The review has been deleted meanwhile');
  votesBefore.set(options, before);
});

Review.addHook('beforeSave', 'note the change', (record) => {
  const review = record as Review;
  // Both movies: `fields` may leave out a move that the record in memory has already made.
  noteChange([review.watchlist_id, review.previous('watchlist_id') ?? review.watchlist_id]);
});

// The stored row counts, not the record in memory: `fields` may leave out some of its values.
Review.addHook('afterSave', 'count the vote', async (record, options) => {
  const review = record as Review;
  const before = votesBefore.get(options);
  if (before === undefined) return;
  const after = await lockVote(review.id);
  if (!after) throw new EmptyResultError('The review was not written');
  await countVotes([...(before ? [{ ...before, by: -1 as const }] : []), { ...after, by: 1 }]);
  if (before && before.user_id !== after.user_id) await removeOwnVote(review.id, after.user_id);
  // Hiding a review settles its reports, however it is hidden.
  if (before?.active && !after.active) await closeReports([review.id]);
});

Review.addHook('beforeDestroy', 'uncount the vote', async (record) => {
  const before = await lockReview((record as Review).id);
  if (before) await countVotes([{ ...before, by: -1 }]);
});

Review.addHook('beforeBulkCreate', 'refuse the counts', (reviews) => {
  for (const review of reviews) refuseCounts(review);
});

Review.addHook('beforeBulkCreate', 'lock the movies', async (records) => {
  const reviews = records as Review[];
  await lockUsers([...new Set(reviews.map((review) => review.user_id))]);
  await lockMovies(reviews.map((review) => review.watchlist_id));
});

withholdReplacements(Review);

Review.addHook('afterBulkCreate', 'count the votes', async (reviews) => {
  await countVotes((reviews as Review[]).map((review) => ({ ...voteOf(review), by: 1 })));
});

/**
 * The vote of a new review in memory.
 * @throws where a value is an SQL expression
 */
export function voteOf({ user_id, watchlist_id, rating, active }: Review): Vote {
  if (!STARS.includes(Number(rating) as Stars) || typeof active !== 'boolean') {
    throw new Error('A vote takes plain values only: write expressions by update');
  }
  return { user_id, watchlist_id, rating: Number(rating), active };
}

audit(Review, { title: 'description', without: ['updated', 'open_reports', 'helpful_count'] });
