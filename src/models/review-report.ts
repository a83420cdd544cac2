import {
  DataTypes,
  EmptyResultError,
  literal,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { HookedModel } from '../database/model/hooked-model.js';
import { lockReport, type StoredReport } from '../ratings/report-counts.js';
import { addToReviews } from '../ratings/review-counts.js';
import { lockCountedMovies, lockReview } from '../ratings/review-locks.js';
import { missing } from '../ratings/locks.js';
import { NOT_NULL, textFault, validator } from './validation.js';

export const REASON_MAX = 500;

const ALREADY_REPORTED = {
  name: 'review_reports_review_user',
  msg: 'You have already reported this review!',
};

/** A user's report of a review to the moderators. */
export class ReviewReport extends HookedModel<
  InferAttributes<ReviewReport>,
  InferCreationAttributes<ReviewReport>
> {
  declare id: CreationOptional<number>;
  declare review_id: number;
  declare user_id: number;
  declare reason: string;
  declare created: CreationOptional<Date>;
  /** When a moderator decided on the review; null while the report is open. */
  declare closed: CreationOptional<Date | null>;

  /**
   * A review's latest reports, open ones first.
   * @param options.open whether to return only open ones
   */
  static latestOn(
    review_id: number,
    { limit, open = false }: { limit: number; open?: boolean },
  ): Promise<ReviewReport[]> {
    if (open)
      return ReviewReport.findAll({ where: { review_id, closed: null }, order: [['id', 'DESC']], limit });
    return ReviewReport.findAll({
      where: { review_id },
      order: [literal('closed IS NOT NULL'), ['id', 'DESC']],
      limit,
    });
  }

  protected static override async lockAll(ids: number[], _values: object | null): Promise<void> {
    await lockCountedMovies('review_reports', ids);
  }
}

ReviewReport.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    review_id: { type: DataTypes.INTEGER, allowNull: false, unique: ALREADY_REPORTED },
    user_id: { type: DataTypes.INTEGER, allowNull: false, unique: ALREADY_REPORTED },
    reason: {
      type: DataTypes.STRING(REASON_MAX),
      allowNull: false,
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator((value: string) => textFault(value, { max: REASON_MAX })),
      },
    },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    closed: { type: DataTypes.DATE(3) },
  },
  { sequelize, tableName: 'review_reports', modelName: 'ReviewReport' },
);

// Reports are deleted with reviews and with users, through either index. The movie's lock keeps these from deadlocks.
ReviewReport.addHook('beforeCreate', 'lock the movie', async (record) => {
  const { review_id, user_id } = record as ReviewReport;
  const vote = await lockReview(review_id, { users: [user_id] });
  if (!vote) throw missing('review_id', review_id);
});

ReviewReport.addHook('afterCreate', 'count the report', async (record) => {
  const { review_id, closed } = record as ReviewReport;
  if (!closed) await addToReviews('open_reports', [review_id], 1);
});

/** By the options of a running save: the stored report before it. */
const reportsBefore = new WeakMap<object, StoredReport>();

ReviewReport.addHook('beforeUpdate', 'lock the movie', async (record, options) => {
  const stored = await lockStored(record as ReviewReport);
  if (!stored) throw new EmptyResultError('The report has been deleted meanwhile');
  const { review_id } = record as ReviewReport;
  if (review_id !== stored.review_id) throw new Error('A report stays with its review: write another one');
  reportsBefore.set(options, stored);
});

ReviewReport.addHook('afterUpdate', 'count the report', async (record, options) => {
  const stored = reportsBefore.get(options);
  const written = stored && (await lockReport((record as ReviewReport).id));
  if (written)
    await addToReviews('open_reports', [stored.review_id], Number(written.open) - Number(stored.open));
});

ReviewReport.addHook('beforeDestroy', 'uncount the report', async (record) => {
  const stored = await lockStored(record as ReviewReport);
  if (stored?.open) await addToReviews('open_reports', [stored.review_id], -1);
});

/** Locks a report with its review and movie; returns it as stored, or null. */
async function lockStored({ id }: ReviewReport): Promise<StoredReport | null> {
  await lockCountedMovies('review_reports', [id]);
  const stored = await lockReport(id);
  if (stored) await lockReview(stored.review_id);
  return stored;
}
