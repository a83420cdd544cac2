import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database/database.js';

/** A client's key for a request that must run only once, with the stored response. */
export class IdempotencyKey extends Model<
  InferAttributes<IdempotencyKey>,
  InferCreationAttributes<IdempotencyKey>
> {
  declare id: CreationOptional<number>;
  declare user_id: number;
  /** A hash of method, path and key. */
  declare request_hash: string;
  declare body_hash: string;
  /** Null while the request is running. */
  declare status: CreationOptional<number | null>;
  declare answer: CreationOptional<string | null>;
  /** When a request that ended without a response may be retried, or when the stored response may be deleted. */
  declare expires: Date;
}

IdempotencyKey.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    user_id: {
      type: DataTypes.INTEGER,
      allowNull: false,
      unique: { name: 'idempotency_keys_request', msg: '' },
    },
    request_hash: {
      type: DataTypes.STRING(64),
      allowNull: false,
      unique: { name: 'idempotency_keys_request', msg: '' },
    },
    body_hash: { type: DataTypes.STRING(64), allowNull: false },
    status: { type: DataTypes.INTEGER },
    answer: { type: DataTypes.TEXT },
    expires: { type: DataTypes.DATE(3), allowNull: false },
  },
  { sequelize, tableName: 'idempotency_keys', modelName: 'IdempotencyKey' },
);
