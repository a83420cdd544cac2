import {
  type CreationOptional,
  DataTypes,
  Model,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database/database.js';

/** A user's authenticator app: their second factor. A user has one at most. */
export class OtpFactor extends Model<InferAttributes<OtpFactor>, InferCreationAttributes<OtpFactor>> {
  declare user_id: number;
  /** Sealed: see auth/otp/second-factor.ts. */
  declare secret: string;
  /** The id of the key that sealed it. */
  declare key_id: string;
  /** Until when a code may confirm the set-up; null once it is confirmed, and logins ask for codes. */
  declare expires: CreationOptional<Date | null>;
  /** The time step of the last code that was used. Neither it nor an earlier one is taken again. */
  declare last_step: CreationOptional<number>;
  /** The codes that were tried since the last right one. */
  declare tried: CreationOptional<number>;
}

OtpFactor.init(
  {
    user_id: { type: DataTypes.INTEGER, primaryKey: true },
    secret: { type: DataTypes.STRING(128), allowNull: false },
    key_id: { type: DataTypes.STRING(16), allowNull: false },
    expires: { type: DataTypes.DATE(3) },
    last_step: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
    tried: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  },
  { sequelize, tableName: 'otp_factors', modelName: 'OtpFactor' },
);
