import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { config } from '../config.js';
import { sequelize } from '../database/database.js';
import { select } from '../database/sql/statements.js';
import { storedTime } from '../database/sql/time.js';
import { questionMarks, together } from '../database/sql/batch.js';
import { Recorder, type Row } from '../database/model/record-reader.js';
import { hashSecretKey, makeSecretKey } from '../auth/secret-key.js';
import { User } from './user.js';

export const CLIENT_MAX = 200;
const DAY_MS = 86_400_000;

/** One login's opaque token. The key itself is only ever given to the client; the database has its hash. */
export class AuthToken extends Model<InferAttributes<AuthToken>, InferCreationAttributes<AuthToken>> {
  declare id: CreationOptional<number>;
  declare user_id: number;
  declare key_hash: string;
  declare client: CreationOptional<string>;
  declare created: CreationOptional<Date>;
  declare last_used: CreationOptional<Date | null>;
  declare expires: Date;
  declare user?: NonAttribute<User>;

  /**
   * Makes a token.
   * @param client the client's own name for itself, as in `User-Agent`
   * @returns the key: 64 hexadecimal digits that are not kept anywhere
   */
  static async issue(user: User, client = ''): Promise<string> {
    const key = makeSecretKey();
    const expires = new Date(Date.now() + config.TOKEN_TTL_DAYS * DAY_MS);
    await AuthToken.create({
      user_id: user.id,
      key_hash: hashSecretKey(key),
      client: client.slice(0, CLIENT_MAX),
      expires,
    });
    return key;
  }

  /** The living token with that key and its user, or null. */
  static async byKey(key: string): Promise<AuthToken | null> {
    const row = await readToken(hashSecretKey(key));
    if (!row) return null;
    const token = tokens.record(row);
    token.user = owners.record(row);
    return token;
  }
}

AuthToken.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    user_id: { type: DataTypes.INTEGER, allowNull: false },
    key_hash: { type: DataTypes.STRING(64), allowNull: false },
    client: { type: DataTypes.STRING(CLIENT_MAX), allowNull: false, defaultValue: '' },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    last_used: { type: DataTypes.DATE(3) },
    expires: { type: DataTypes.DATE(3), allowNull: false },
  },
  { sequelize, tableName: 'auth_tokens', modelName: 'AuthToken' },
);

AuthToken.belongsTo(User, { as: 'user', foreignKey: 'user_id', constraints: false });

const tokens = new Recorder(AuthToken, 'token');
const owners = new Recorder(User, 'owner');

const BY_KEYS = `SELECT ${tokens.columns}, ${owners.columns}
  FROM auth_tokens AS token JOIN users AS owner ON owner.id = token.user_id
  WHERE token.expires > ? AND token.key_hash IN`;

/** Asked at every request that bears a token. */
const readToken = together(
  (row: Row) => row.token_key_hash as string,
  (hashes: string[]) =>
    select<Row>(`${BY_KEYS} ${questionMarks(hashes.length)}`, [storedTime(new Date()), ...hashes]),
);
