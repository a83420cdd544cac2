import { randomBytes } from 'node:crypto';
import {
  DataTypes,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { noteChange } from '../database/changes.js';
import { HookedModel } from '../database/model/hooked-model.js';
import {
  EMAIL_TAKEN,
  emailFault,
  emailKey,
  foldCase,
  isStorable,
  NOT_NULL,
  textFault,
  trimmed,
  usernameFault,
  validator,
} from './validation.js';
import { audit, noteCascade } from '../audit/audit-hooks.js';
import { keepAnAdmin, lockWithAdmins } from './last-admin.js';
import { lockUsersExclusively, removeReviewsOf } from '../ratings/cascades.js';

export const ROLES = ['user', 'moderator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const USERNAME_MAX = 150;
export const EMAIL_MAX = 254;

/** A security stamp that no user has yet. */
export function newSecurityStamp(): string {
  return randomBytes(16).toString('hex');
}

/** An account. `password` is an argon2id hash; with null no password opens the account. */
export class User extends HookedModel<InferAttributes<User>, InferCreationAttributes<User>> {
  static override readonly following = {
    username: ['username_key'],
    email: ['email_key'],
    password: ['security_stamp'],
    is_active: ['security_stamp'],
  };

  static override readonly createsInBulk = true;

  declare id: CreationOptional<number>;
  declare username: string;
  declare username_key: CreationOptional<string>;
  declare email: string;
  declare email_key: CreationOptional<string>;
  declare password: CreationOptional<string | null>;
  /** Changes whenever all logins end. A login compares it before it issues a credential: see auth/issuing.ts. */
  declare security_stamp: CreationOptional<string>;
  declare role: CreationOptional<Role>;
  declare is_active: CreationOptional<boolean>;
  declare date_joined: CreationOptional<Date>;
  declare last_login: CreationOptional<Date | null>;

  protected static override async lockAll(ids: number[], values: object | null): Promise<void> {
    if (!values || 'role' in values || 'is_active' in values) await lockWithAdmins(ids);
    if (!values) await lockUsersExclusively(ids);
  }

  /** Finds a user by name, ignoring case. */
  static async byUsername(username: string): Promise<User | null> {
    return isStorable(username) ? User.findOne({ where: { username_key: foldCase(username) } }) : null;
  }

  /** Finds a user by e-mail address, ignoring case. */
  static async byEmail(email: string): Promise<User | null> {
    if (!isStorable(email)) return null;
    const key = emailKey(email);
    // Older versions stored the key with the domain as it was spelled, and took ß for ss.
    const found = await User.findAll({ where: { email_key: [key, foldCase(key), foldCase(email)] } });
    return found.find((user) => emailKey(user.email) === key) ?? null;
  }
}

User.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    username: {
      type: DataTypes.STRING(USERNAME_MAX),
      allowNull: false,
      set(this: User, value: string) {
        const name = trimmed(value);
        this.setDataValue('username', name);
        this.setDataValue('username_key', foldCase(String(name)));
      },
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator((value: string) => textFault(value, { max: USERNAME_MAX }) ?? usernameFault(value)),
      },
    },
    username_key: {
      type: DataTypes.STRING(USERNAME_MAX),
      unique: { name: 'users_username_key', msg: 'A user with that username already exists.' },
    },
    email: {
      type: DataTypes.STRING(EMAIL_MAX),
      allowNull: false,
      set(this: User, value: string) {
        const address = trimmed(value);
        this.setDataValue('email', address);
        this.setDataValue('email_key', emailKey(String(address)));
      },
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator((value: string) => textFault(value, { max: EMAIL_MAX }) ?? emailFault(value)),
      },
    },
    email_key: {
      type: DataTypes.STRING(EMAIL_MAX),
      unique: { name: 'users_email_key', msg: EMAIL_TAKEN },
    },
    password: {
      type: DataTypes.STRING(255),
      set(this: User, value: string | null) {
        this.setDataValue('password', value);
        this.setDataValue('security_stamp', newSecurityStamp());
      },
    },
    security_stamp: { type: DataTypes.STRING(32), allowNull: false, defaultValue: '' },
    role: {
      type: DataTypes.STRING(16),
      allowNull: false,
      defaultValue: 'user',
      validate: { isIn: { args: [[...ROLES]], msg: `Must be one of: ${ROLES.join(', ')}.` } },
    },
    is_active: {
      type: DataTypes.BOOLEAN,
      allowNull: false,
      defaultValue: true,
      set(this: User, value: boolean) {
        if (value === this.getDataValue('is_active')) return;
        this.setDataValue('is_active', value);
        this.setDataValue('security_stamp', newSecurityStamp());
      },
    },
    date_joined: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    last_login: { type: DataTypes.DATE(3) },
  },
  { sequelize, tableName: 'users', modelName: 'User' },
);

User.addHook('beforeUpdate', 'keep an admin', async (record, options) => {
  const user = record as User;
  const writes = (field: keyof User['_attributes']) => options.fields?.includes(field) ?? true;
  if (writes('role') && user.role !== 'admin')
    await keepAnAdmin(user.id, 'The last active admin cannot be demoted.', 'role');
  if (writes('is_active') && !user.is_active)
    await keepAnAdmin(user.id, 'The last active admin cannot be deactivated.', 'is_active');
});

User.addHook('beforeDestroy', 'keep an admin', (user) =>
  keepAnAdmin((user as User).id, 'The last active admin cannot be deleted.'),
);

User.addHook('beforeDestroy', 'delete the reviews', async (user) => {
  noteCascade(user, await removeReviewsOf((user as User).id));
});

audit(User, { title: 'username', without: ['last_login', 'security_stamp'] });

User.addHook('beforeSave', 'note the change', (user) => {
  // What is public of a user: the name, and whether there is a profile.
  const isPublic = ['username', 'is_active'].some((field) => user.changed(field as never));
  if (!user.isNewRecord && isPublic) noteChange('everything');
});
User.addHook('beforeDestroy', 'note the change', () => noteChange('everything'));
