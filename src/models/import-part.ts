import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
} from 'sequelize';
import { sequelize } from '../database/database.js';

/** A piece of a file that a member has checked and may import. A member has one such file at most. */
export class ImportPart extends Model<InferAttributes<ImportPart>, InferCreationAttributes<ImportPart>> {
  declare id: CreationOptional<number>;
  declare user_id: number;
  /** Its place in the file, from 0. */
  declare part: number;
  /** The key of the file. */
  declare upload: string;
  declare content: Buffer;
  declare expires: Date;
}

ImportPart.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    user_id: { type: DataTypes.INTEGER, allowNull: false },
    part: { type: DataTypes.INTEGER, allowNull: false },
    upload: { type: DataTypes.STRING(32), allowNull: false },
    content: { type: DataTypes.BLOB('medium'), allowNull: false },
    expires: { type: DataTypes.DATE(3), allowNull: false },
  },
  { sequelize, tableName: 'import_parts', modelName: 'ImportPart', timestamps: false },
);
