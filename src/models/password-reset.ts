import { DataTypes, Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { destroyOneByOne } from '../database/model/destroy-one-by-one.js';
import { User } from './user.js';

/**
 * A mailed token that may set a new password: once, for an hour. A later request does not void it: otherwise anyone could
 * void it by requesting another.
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

// A token mailed to the user's previous address must not open the account.
User.addHook('afterUpdate', 'void the resets', async (user) => {
  if (user.changed('email' as never)) await destroyOneByOne(PasswordReset, { user_id: (user as User).id });
});
