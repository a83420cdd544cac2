import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starts a Redis server for a test; null where none is installed. */
export async function startRedis(port: number): Promise<ChildProcess | null> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
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
