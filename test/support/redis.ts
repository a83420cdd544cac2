import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Starts a Redis server for a test; null where none is installed.
 * @param tls the files of a certificate, to speak nothing but TLS
 */
export async function startRedis(
  port: number,
  tls?: { cert: string; key: string; ca: string },
): Promise<ChildProcess | null> {
  const ports = tls
    ? ['--port', '0', '--tls-port', String(port), '--tls-cert-file', tls.cert, '--tls-key-file', tls.key,
        '--tls-ca-cert-file', tls.ca, '--tls-auth-clients', 'no']
    : ['--port', String(port)]; // prettier-ignore
  const options = [...ports, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const redis = spawn('redis-server', options);
  return new Promise((resolve) => {
    redis.once('error', () => resolve(null));
    redis.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve(redis);
    });
  });
}

/** Kills it, as a crash would. */
export async function stopRedis(redis: ChildProcess): Promise<void> {
  const ended = once(redis, 'exit');
  redis.kill('SIGKILL');
  await ended;
}
