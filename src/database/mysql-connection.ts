import type { Connection } from 'mysql2/promise';
import type { MysqlAddress } from './connection-options.js';

/**
 * Opens a connection of its own, outside of every pool: for a lock that lives as long as the connection, or a probe that
 * load must not delay.
 * @param connectTimeout milliseconds
 * @throws where the server does not answer or refuses
 */
export async function openMysqlConnection(
  { host, port, database, username, password }: MysqlAddress,
  { connectTimeout }: { connectTimeout: number },
): Promise<Connection> {
  // Imported here: the embedded database has no use for the driver.
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({
    host,
    port,
    database,
    user: username,
    password,
    connectTimeout,
    charset: 'utf8mb4',
  });
  // A broken connection fails the next query; without a listener it would end the process.
  connection.on('error', () => undefined);
  return connection;
}
