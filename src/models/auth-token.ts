import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { User } from './user.js';

export const CLIENT_MAX = 200;

/** The opaque token of one login. Only the client has the key; the database has its hash. */
export class AuthToken extends Model<InferAttributes<AuthToken>, InferCreationAttributes<AuthToken>> {
  declare id: CreationOptional<number>;
  declare user_id: number;
  declare key_hash: string;
  declare client: CreationOptional<string>;
  declare created: CreationOptional<Date>;
  declare last_used: CreationOptional<Date | null>;
  declare expires: Date;
  declare user?: NonAttribute<User>;
}

AuthToken.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    user_id: { type: DataTypes.INTEGER, allowNull: false },
    key_hash: { type: DataTypes.STRING(64), allowNull: false },
    client: { type: DataTypes.STRING(CLIENT_MAX), allowNull: false, defaultValue: '' },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    last_used: { type: DataTypes.DATE(3) },
    expires: { type: DataTypes.DATE(3), allowNull: false },
  },
  { sequelize, tableName: 'auth_tokens', modelName: 'AuthToken' },
);

AuthToken.belongsTo(User, { as: 'user', foreignKey: 'user_id', constraints: false });
