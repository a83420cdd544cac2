import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database/database.js';

/** A session of the admin panel. */
export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare sid: string;
  /** Its user, so that all sessions of a user can be ended; null before the login. */
  declare user_id: CreationOptional<number | null>;
  declare data: string;
  declare created: CreationOptional<Date>;
  declare expires: Date;
}

Session.init(
  {
    sid: { type: DataTypes.STRING(64), primaryKey: true },
    user_id: { type: DataTypes.INTEGER },
    data: { type: DataTypes.TEXT, allowNull: false },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    expires: { type: DataTypes.DATE(3), allowNull: false },
  },
  { sequelize, tableName: 'sessions', modelName: 'Session' },
);
