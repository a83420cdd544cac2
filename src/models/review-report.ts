import {
  DataTypes,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { lockMovies, lockUsers, missing, movieOfReview, selectIds } from './ratings.js';
import { HookedModel } from './record.js';
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
    const movies = await selectIds(
      'SELECT watchlist_id AS id FROM reviews JOIN review_reports ON review_id = reviews.id WHERE review_reports.id IN (?)',
      [ids],
    );
    await lockMovies(movies, { required: [] });
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
  await lockUsers([user_id]);
  const movie = await movieOfReview(review_id);
  if (movie === undefined) throw missing('review_id', review_id);
  await lockMovies([movie]);
});

ReviewReport.addHook('beforeDestroy', 'lock the movie', async (record) => {
  const movie = await movieOfReview((record as ReviewReport).review_id);
  if (movie !== undefined) await lockMovies([movie], { required: [] });
});
