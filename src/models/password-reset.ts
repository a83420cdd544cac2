import { DataTypes, Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { destroyOneByOne } from '../database/model/destroy-one-by-one.js';
import { User } from './user.js';

/**
 * A mailed permission to set a new password: once, for an hour. Those asked for later leave it alone: else anyone could
 * void it by asking again.
 */
export class PasswordReset extends Model<
  InferAttributes<PasswordReset>,
  InferCreationAttributes<PasswordReset>
> {
  declare token_hash: string;
  declare user_id: number;
  declare expires: Date;
}

PasswordReset.init(
  {
    token_hash: { type: DataTypes.STRING(64), primaryKey: true },
    user_id: { type: DataTypes.INTEGER, allowNull: false },
    expires: { type: DataTypes.DATE(3), allowNull: false },
  },
  { sequelize, tableName: 'password_resets', modelName: 'PasswordReset' },
);

// Who still reads the mail of an address that the user has left must not get in by it.
User.addHook('afterUpdate', 'resets', async (user) => {
  if (user.changed('email' as never)) await destroyOneByOne(PasswordReset, { user_id: (user as User).id });
});
