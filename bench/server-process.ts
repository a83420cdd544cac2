import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../src/project-root.js';

const LEASH = pathToFileURL(join(ROOT, 'dist', 'bench', 'leash.js')).href;
const START_MS = 120_000;
const STOP_MS = 15_000;
const MS_PER_TICK = 10;
const KILOBYTES = 1_024;

const SCOPES = ['ANON', 'USER', 'LOGIN', 'REVIEW_CREATE', 'REVIEW_LIST', 'REVIEW_DETAIL', 'OWN_DATA'];

/** The environment of a measured Marquee: as in production, but without rate limits. Its log is discarded. */
export const PRODUCTION = {
  NODE_ENV: 'production',
  SESSION_SECRET: randomBytes(16).toString('hex'),
  JWT_SECRET: randomBytes(16).toString('hex'),
  // Overrides the caller's shell.
  CACHE_SECONDS: '',
  WEB_CONCURRENCY: '',
  REDIS_URL: '',
  LOG_LEVEL: process.env.BENCH_LOG_LEVEL ?? '',
  HOST: '127.0.0.1',
  ...Object.fromEntries(SCOPES.map((scope) => [`THROTTLE_${scope}`, 'off'])),
};

/** A measured server. */
export interface Server {
  name: string;
  url: string;
  child: ChildProcess;
}

/** A free port. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * Starts a script of dist/ in a process that ends with this one.
 * @param output the target of its standard output
 */
export function startScript(
  script: string,
  env: object,
  { args = [], output = 'ignore' }: { args?: string[]; output?: 'ignore' | 'inherit' | 'pipe' } = {},
): ChildProcess {
  const child = spawn(process.execPath, ['--import', LEASH, join(ROOT, 'dist', script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', output, 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  return child;
}

/**
 * Runs a script of dist/ and waits for its end.
 * @returns its standard output
 * @throws {Error} where its exit status is not 0
 */
export async function runScript(script: string, env: object, args: string[] = []): Promise<string> {
  const child = startScript(script, env, { args, output: 'pipe' });
  let written = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    written += text;
  });
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`${script} ${args.join(' ')} failed:\n${written}`);
  return written;
}

/**
 * Starts a server and waits until it answers.
 * @param ready a path that answers 200 once the start is complete
 * @throws {Error} after two minutes
 */
export async function startServer(name: string, script: string, env: object, ready: string): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = startScript(script, { PUBLIC_URL: url, ...env, PORT: String(port) });
  await answers(url + ready, child, 100);
  return { name, url, child };
}

/** Starts Marquee and waits for its panel, which loads after the API and would disturb the measurement. */
export function startMarquee(name: string, database: string, env: object = {}): Promise<Server> {
  return startServer(name, 'src/main.js', { ...PRODUCTION, ...env, DATABASE_URL: database }, '/admin/login');
}

/**
 * Waits until an address answers 200.
 * @param pause milliseconds between two tries
 * @throws {Error} where the process ends, or after two minutes
 */
export async function answers(url: string, child: ChildProcess, pause: number): Promise<void> {
  const until = performance.now() + START_MS;
  while (performance.now() < until && child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await sleep(pause);
  }
  child.kill('SIGKILL');
  throw new Error(`${url} did not come to answer`);
}

/** Stops a process by SIGTERM and waits for its end. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  child.kill('SIGTERM');
  await once(child, 'exit');
  clearTimeout(timer);
}

/** The CPU time of a process, in milliseconds; NaN on systems other than Linux. */
export function processorTime({ pid }: ChildProcess): number {
  const fields = statusOf(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

/** The memory (RSS) of a process, in megabytes; NaN on systems other than Linux. */
export function memory({ pid }: ChildProcess): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(statusOf(pid, 'status'))?.[1]) / KILOBYTES);
}

function statusOf(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
