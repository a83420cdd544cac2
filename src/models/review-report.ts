import {
  DataTypes,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { HookedModel } from './record.js';
import { lockReportedMovies, lockReview, lockReviewParents } from './review-locks.js';
import { missing } from './ratings.js';
import { NOT_NULL, textFault, validator } from './rules.js';

export const REASON_MAX = 500;

const TWICE = { name: 'review_reports_review_user', msg: 'You have already reported this review!' };

/** A user's word to the moderators that a review is out of order. */
export class ReviewReport extends HookedModel<
  InferAttributes<ReviewReport>,
  InferCreationAttributes<ReviewReport>
> {
  declare id: CreationOptional<number>;
  declare review_id: number;
  declare user_id: number;
  declare reason: string;
  declare created: CreationOptional<Date>;

  protected static override async lockAll(ids: number[], _values: object | null): Promise<void> {
    await lockReportedMovies(ids);
  }
}

ReviewReport.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    review_id: { type: DataTypes.INTEGER, allowNull: false, unique: TWICE },
    user_id: { type: DataTypes.INTEGER, allowNull: false, unique: TWICE },
    reason: {
      type: DataTypes.STRING(REASON_MAX),
      allowNull: false,
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator((value: string) => textFault(value, { max: REASON_MAX })),
      },
    },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
  },
  { sequelize, tableName: 'review_reports', modelName: 'ReviewReport' },
);

// Reports go along with reviews and with users, by either index: the movie's lock keeps those that come so in line.
ReviewReport.addHook('beforeCreate', 'lock the movie', async (record) => {
  const { review_id, user_id } = record as ReviewReport;
  const vote = await lockReview(review_id, { users: [user_id] });
  if (!vote) throw missing('review_id', review_id);
});

ReviewReport.addHook('beforeDestroy', 'lock the movie', async (record) => {
  await lockReviewParents([(record as ReviewReport).review_id]);
});
