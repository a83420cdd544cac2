import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { HookedModel } from '../database/model/hooked-model.js';

/** The actions in the audit log. */
export const AUDITED_ACTIONS = [
  'create',
  'import',
  'update',
  'delete',
  'keep',
  'password',
  'logout',
  'restore',
  'merge',
  'login',
  'login_failed',
  'otp_on',
  'otp_off',
  'export',
] as const;
export type AuditedAction = (typeof AUDITED_ACTIONS)[number];

export const RECORD_TITLE_MAX = 200;

/** A field before and after a change; one side is missing where the record was created or deleted. */
export interface Change {
  before?: Value;
  after?: Value;
}

/** A field's value in JSON; a time is a string. */
type Value = string | number | boolean | string[] | null;

/** Who did what to which record. It is written in the transaction of the change, and never changed or deleted. */
export class AuditEntry extends HookedModel<
  InferAttributes<AuditEntry>,
  InferCreationAttributes<AuditEntry>
> {
  static override readonly createsInBulk = true;

  declare id: CreationOptional<number>;
  declare created: CreationOptional<Date>;
  declare actor_id: number | null;
  /** The actor's name at that time, kept when the user is deleted. */
  declare actor: string;
  declare actor_role: string;
  declare door: string;
  declare address: string;
  declare request_id: string;
  declare action: AuditedAction;
  /** The record's table. */
  declare resource: string;
  /** 0 where the entry is about many records, as of an import. */
  declare record_id: number;
  declare record_title: string;
  /** JSON: the `Change` of each field. */
  declare changes: string;
  /** JSON: the number of rows that the deletion cascaded to, by table; null where there were none. */
  declare cascaded: CreationOptional<string | null>;
  /** The entry whose fields a `restore` wrote back. */
  declare restored_id: CreationOptional<number | null>;
}

const text = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });

AuditEntry.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    actor_id: { type: DataTypes.INTEGER },
    actor: text(150),
    actor_role: text(16),
    door: text(16),
    address: text(64),
    request_id: text(128),
    action: text(32),
    resource: text(64),
    record_id: { type: DataTypes.INTEGER, allowNull: false },
    record_title: text(RECORD_TITLE_MAX),
    changes: { type: DataTypes.TEXT, allowNull: false },
    cascaded: { type: DataTypes.TEXT },
    restored_id: { type: DataTypes.INTEGER },
  },
  { sequelize, tableName: 'audit_log', modelName: 'AuditEntry' },
);

for (const hook of ['beforeUpdate', 'beforeDestroy'] as const) {
  AuditEntry.addHook(hook, 'append only', () => {
    throw new Error('An entry of the audit log stays as it was written');
  });
}
