import type { Sequelize } from 'sequelize';
import { connectionOptions, dialect } from './connection-options.js';
import { embeddedDriver, EmbeddedSequelize } from './embedded.js';
import { define, openPrimary, type Pool, poolOf, replicas } from './mysql.js';

function connect(): Sequelize {
  if (dialect === 'mysql') return openPrimary();
  return new EmbeddedSequelize({
    ...connectionOptions,
    dialectModule: embeddedDriver,
    // Sequelize makes the folder of a file that it may create, for everyone to read; the driver has made both.
    dialectOptions: { mode: embeddedDriver.OPEN_READWRITE },
    logging: false,
    define,
  });
}

/** The connection that every model uses. */
export const sequelize = connect();

/** The connection pool of the primary; null with the embedded database. */
export const pool: Pool | null = dialect === 'mysql' ? poolOf(sequelize) : null;

/** Waits for the running queries and closes every connection. */
export async function closeDatabase(): Promise<void> {
  await replicas.close();
  await sequelize.close();
}
