import { DataTypes, Model, Op, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { destroyOneByOne } from '../database/model/destroy-one-by-one.js';
import { hashSecretKey, makeSecretKey } from '../auth/secret-key.js';
import { User } from './user.js';

const HOUR_MS = 3_600_000;

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

  /**
   * Makes a reset token.
   * @returns the token: 64 hexadecimal digits that are not kept anywhere
   */
  static async issue(userId: number): Promise<string> {
    const token = makeSecretKey();
    await PasswordReset.create({
      user_id: userId,
      token_hash: hashSecretKey(token),
      expires: new Date(Date.now() + HOUR_MS),
    });
    return token;
  }

  /** The user whom a living token lets set a new password, or null. */
  static async owner(token: string): Promise<User | null> {
    const reset = await PasswordReset.findOne({
      where: { token_hash: hashSecretKey(token), expires: { [Op.gt]: new Date() } },
    });
    return reset && User.findByPk(reset.user_id);
  }

  /**
   * Spends a token, in the transaction that sets the password: gives its user to one caller only, null to everyone else.
   */
  static async spend(token: string): Promise<User | null> {
    const owner = await PasswordReset.owner(token);
    // Locked first, so that of several tokens of one user only one is good.
    const user = owner && (await User.findByPk(owner.id, { lock: true }));
    const spent = await PasswordReset.destroy({ where: { token_hash: hashSecretKey(token) } });
    return spent > 0 ? user : null;
  }
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
