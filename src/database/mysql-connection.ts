import type { Connection } from 'mysql2/promise';
import type { MysqlAddress } from '../addresses/database.js';

/**
 * Opens a connection outside of the pools: for a lock that lives as long as the connection, or a probe that must not
 * wait for one of the pool.
 * @param options.connectTimeout in milliseconds
 * @throws where the server does not answer or refuses
 */
export async function openMysqlConnection(
  { username, ...address }: MysqlAddress,
  { connectTimeout }: { connectTimeout: number },
): Promise<Connection> {
  // Imported here, since the embedded database does not need the driver.
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({
    ...address,
    user: username,
    connectTimeout,
    charset: 'utf8mb4',
  });
  // A broken connection fails the next query. Without a listener the event would end the process.
  connection.on('error', () => undefined);
  return connection;
}
