import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { config } from '../config.js';
import { type MysqlAddress, parseMysqlUrl, parseSqliteUrl } from '../addresses/database.js';
import { CONNECT_MS } from './mysql-session.js';

/**
 * Prepared statements that a connection keeps, the most recently used ones. Filters and orders make thousands of texts,
 * and the server allows 16,382 over all connections.
 */
const PREPARED_PER_CONNECTION = 100;

/** The two kinds of database that Marquee supports. */
export type Dialect = 'sqlite' | 'mysql';

export const dialect: Dialect = config.DATABASE_URL.startsWith('sqlite:') ? 'sqlite' : 'mysql';

/** The file of the embedded database; null with MySQL. */
export const databaseFile = dialect === 'sqlite' ? parseSqliteUrl(config.DATABASE_URL) : null;

/** The address of the primary; null with the embedded database. */
export const primaryAddress = dialect === 'mysql' ? parseMysqlUrl(config.DATABASE_URL) : null;

/** The options with which Sequelize opens a MySQL database. */
export function mysqlConnectionOptions({ ssl, socketPath, ...address }: MysqlAddress) {
  return {
    dialect,
    ...address,
    timezone: '+00:00',
    dialectOptions: {
      charset: 'utf8mb4',
      connectTimeout: CONNECT_MS,
      maxPreparedStatements: PREPARED_PER_CONNECTION,
      // Sequelize's own hook wraps every value of every row in a function; for the types here the result is the same.
      typeCast: true,
      ...(ssl && { ssl }),
      ...(socketPath !== undefined && { socketPath }),
    },
  };
}

/** The options with which Sequelize and sequelize-cli open the database. */
export const connectionOptions = primaryAddress
  ? mysqlConnectionOptions(primaryAddress)
  : { dialect, storage: databaseFile as string };

/**
 * Identifies this database in locks and channels that a whole server shares: 32 hexadecimal digits. Only the database
 * name goes in, since instances may use different host names of the server, or different Galera nodes.
 */
export const databaseId = createHash('sha256')
  .update(primaryAddress ? primaryAddress.database : resolve(databaseFile as string))
  .digest('hex')
  .slice(0, 32);
