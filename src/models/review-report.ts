import {
  DataTypes,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
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
