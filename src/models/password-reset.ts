import { createHash, randomBytes } from 'node:crypto';
import { DataTypes, Model, Op, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { sequelize } from '../database.js';

const HOUR_MS = 3_600_000;

/** A mailed permission to set a new password: one a user, once, for an hour. */
export class PasswordReset extends Model<
  InferAttributes<PasswordReset>,
  InferCreationAttributes<PasswordReset>
> {
  declare user_id: number;
  declare token_hash: string;
  declare expires: Date;

  /**
   * Makes a reset token, and voids an earlier one of that user.
   * @returns the token: 64 hexadecimal digits that are not kept anywhere
   */
  static async issue(userId: number): Promise<string> {
    const token = randomBytes(32).toString('hex');
    await PasswordReset.upsert({
      user_id: userId,
      token_hash: hashToken(token),
      expires: new Date(Date.now() + HOUR_MS),
    });
    return token;
  }

  /**
   * Spends a token.
   * @returns the id of its user, or null where it is unknown, spent or expired
   */
  static async spend(token: string): Promise<number | null> {
    const reset = await PasswordReset.findOne({
      where: { token_hash: hashToken(token), expires: { [Op.gt]: new Date() } },
    });
    // Of two requests with the same token only one deletes the row.
    const spent = reset && (await PasswordReset.destroy({ where: { token_hash: reset.token_hash } }));
    return spent ? reset.user_id : null;
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

PasswordReset.init(
  {
    user_id: { type: DataTypes.INTEGER, primaryKey: true },
    token_hash: { type: DataTypes.STRING(64), allowNull: false },
    expires: { type: DataTypes.DATE(3), allowNull: false },
  },
  { sequelize, tableName: 'password_resets', modelName: 'PasswordReset' },
);
