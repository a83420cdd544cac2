import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { User } from './user.js';

/** One login by JWT: its chain of refresh tokens, only the latest of them valid, and their access tokens. */
export class JwtFamily extends Model<InferAttributes<JwtFamily>, InferCreationAttributes<JwtFamily>> {
  declare id: CreationOptional<number>;
  declare user_id: number;
  /** The id of the valid refresh token. */
  declare refresh_id: string;
  declare created: CreationOptional<Date>;
  declare expires: Date;
  declare user?: NonAttribute<User>;
}

JwtFamily.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    user_id: { type: DataTypes.INTEGER, allowNull: false },
    refresh_id: { type: DataTypes.STRING(36), allowNull: false },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    expires: { type: DataTypes.DATE(3), allowNull: false },
  },
  { sequelize, tableName: 'jwt_families', modelName: 'JwtFamily' },
);

JwtFamily.belongsTo(User, { as: 'user', foreignKey: 'user_id', constraints: false });
