import { randomUUID } from 'node:crypto';
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type NonAttribute,
} from 'sequelize';
import { config } from '../config.js';
import { sequelize } from '../database/database.js';
import { transaction } from '../database/transactions.js';
import { select } from '../database/sql/statements.js';
import { Recorder, type Row } from '../database/model/record-reader.js';
import { User } from './user.js';

const DAY_MS = 86_400_000;

/** One login by JWT: the refresh tokens that came of it, of which only the latest is good, and their access tokens. */
export class JwtFamily extends Model<InferAttributes<JwtFamily>, InferCreationAttributes<JwtFamily>> {
  declare id: CreationOptional<number>;
  declare user_id: number;
  /** The id of the refresh token that is not spent. */
  declare refresh_id: string;
  declare created: CreationOptional<Date>;
  declare expires: Date;
  declare user?: NonAttribute<User>;

  /** Begins a family. */
  static begin(user: User): Promise<JwtFamily> {
    return JwtFamily.create({ user_id: user.id, refresh_id: randomUUID(), expires: expiry() });
  }

  /** The family of that id with its user, or null where it has ended. */
  static async living(id: number): Promise<JwtFamily | null> {
    const [row] = await select<Row>(BY_ID, [id]);
    if (!row) return null;
    const family = families.record(row);
    family.user = owners.record(row);
    return family;
  }

  /**
   * Spends a refresh token. One that was spent before is in two hands, and nobody knows which is the thief's: then the
   * whole family ends.
   * @returns the family with its next refresh token, or null where there is none for this one
   */
  static rotate(id: number, refreshId: string): Promise<JwtFamily | null> {
    return transaction(async () => {
      const family = await JwtFamily.findByPk(id, { lock: true });
      if (family?.refresh_id === refreshId)
        return family.update({ refresh_id: randomUUID(), expires: expiry() });
      await family?.destroy();
      return null;
    });
  }
}

function expiry(): Date {
  return new Date(Date.now() + config.JWT_REFRESH_DAYS * DAY_MS);
}

JwtFamily.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    user_id: { type: DataTypes.INTEGER, allowNull: false },
    refresh_id: { type: DataTypes.STRING(36), allowNull: false },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    expires: { type: DataTypes.DATE(3), allowNull: false },
  },
  { sequelize, tableName: 'jwt_families', modelName: 'JwtFamily' },
);

JwtFamily.belongsTo(User, { as: 'user', foreignKey: 'user_id', constraints: false });

const families = new Recorder(JwtFamily, 'family');
const owners = new Recorder(User, 'owner');

/** Asked at every request that bears a JWT. */
const BY_ID = `SELECT ${families.columns}, ${owners.columns}
  FROM jwt_families AS family JOIN users AS owner ON owner.id = family.user_id WHERE family.id = ?`;
