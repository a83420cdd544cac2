import { DataTypes, Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { sequelize } from '../database/database.js';
import { EMAIL_MAX, User } from './user.js';

/** An e-mail address that a user wants, until the link that was mailed to it is followed. A user has one at most. */
export class EmailChange extends Model<InferAttributes<EmailChange>, InferCreationAttributes<EmailChange>> {
  declare user_id: number;
  declare token_hash: string;
  declare email: string;
  declare expires: Date;
}

EmailChange.init(
  {
    user_id: { type: DataTypes.INTEGER, primaryKey: true },
    token_hash: { type: DataTypes.STRING(64), allowNull: false },
    email: { type: DataTypes.STRING(EMAIL_MAX), allowNull: false },
    expires: { type: DataTypes.DATE(3), allowNull: false },
  },
  { sequelize, tableName: 'email_changes', modelName: 'EmailChange' },
);

// Whoever changes the address, an admin too, means the last word.
User.addHook('afterUpdate', 'void the change of address', async (user) => {
  if (user.changed('email' as never)) await EmailChange.destroy({ where: { user_id: (user as User).id } });
});
