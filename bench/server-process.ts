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

const SCOPES = ['ANON', 'USER', 'LOGIN', 'REVIEW_CREATE', 'REVIEW_LIST', 'REVIEW_DETAIL'];

/** How Marquee is run to be measured: as in production, its log to nowhere, and without throttles. */
export const PRODUCTION = {
  NODE_ENV: 'production',
  SESSION_SECRET: randomBytes(16).toString('hex'),
  JWT_SECRET: randomBytes(16).toString('hex'),
  // What the caller's shell may have set.
  CACHE_SECONDS: '',
  WEB_CONCURRENCY: '',
  REDIS_URL: '',
  LOG_LEVEL: process.env.BENCH_LOG_LEVEL ?? '',
  HOST: '127.0.0.1',
  ...Object.fromEntries(SCOPES.map((scope) => [`THROTTLE_${scope}`, 'off'])),
};

/** A server that is measured. */
export interface Server {
  name: string;
  url: string;
  child: ChildProcess;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * Starts a script of dist/ in a process that does not outlive this one.
 * @param output where its standard output goes
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
 * Runs a script of dist/ to its end.
 * @returns what it wrote on its standard output
 * @throws where its exit status is not 0
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
 * @param ready what it answers with 200 once it has started whole
 * @throws where it does not within two minutes
 */
export async function startServer(name: string, script: string, env: object, ready: string): Promise<Server> {
  const port = await freePort();
  const child = startScript(script, { ...env, PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  await answers(url + ready, child, 100);
  return { name, url, child };
}

/** Starts Marquee and waits until its panel is there too, which loads after the API and would disturb. */
export function startMarquee(name: string, database: string, env: object = {}): Promise<Server> {
  return startServer(name, 'src/main.js', { ...PRODUCTION, ...env, DATABASE_URL: database }, '/admin/login');
}

/**
 * Waits until an address answers with 200.
 * @param pause milliseconds between two tries
 * @throws where the process ends, or two minutes pass
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

/** Ends a process as an operator would, and waits for it. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  child.kill('SIGTERM');
  await once(child, 'exit');
  clearTimeout(timer);
}

/** The processor time that a process has taken, in milliseconds; NaN where the system is not Linux. */
export function processorTime({ pid }: ChildProcess): number {
  const fields = statusOf(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

/** The memory that a process holds (RSS), in megabytes; NaN where the system is not Linux. */
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
