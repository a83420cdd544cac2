import { DataTypes, Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { sequelize } from '../database/database.js';

/** A code that stands in, once, for one of a lost authenticator app. A row is deleted with its use. */
export class RecoveryCode extends Model<
  InferAttributes<RecoveryCode>,
  InferCreationAttributes<RecoveryCode>
> {
  declare user_id: number;
  declare code_hash: string;
}

RecoveryCode.init(
  {
    user_id: { type: DataTypes.INTEGER, primaryKey: true },
    code_hash: { type: DataTypes.STRING(64), primaryKey: true },
  },
  { sequelize, tableName: 'recovery_codes', modelName: 'RecoveryCode' },
);
