import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from 'redis';

/**
 * Starts a Redis server for a test; null where none is installed.
 * @param tls the files of a certificate, to speak nothing but TLS
 * @param more further options
 */
export async function startRedis(
  port: number,
  tls?: { cert: string; key: string; ca: string },
  more: string[] = [],
): Promise<ChildProcess | null> {
  const ports = tls
    ? ['--port', '0', '--tls-port', String(port), '--tls-cert-file', tls.cert, '--tls-key-file', tls.key,
        '--tls-ca-cert-file', tls.ca, '--tls-auth-clients', 'no']
    : ['--port', String(port)]; // prettier-ignore
  const options = [...ports, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...more];
  const redis = spawn('redis-server', options);
  return new Promise((resolve) => {
    redis.once('error', () => resolve(null));
    redis.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve(redis);
    });
  });
}

/** Sends commands to it, one after the other. */
export async function tellRedis(port: number, ...commands: string[][]): Promise<void> {
  const client = await createClient({ url: `redis://127.0.0.1:${port}` }).connect();
  for (const command of commands) await client.sendCommand(command);
  client.destroy();
}

/** Kills it, as a crash would. */
export async function stopRedis(redis: ChildProcess): Promise<void> {
  const ended = once(redis, 'exit');
  redis.kill('SIGKILL');
  await ended;
}
