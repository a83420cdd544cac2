import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../src/project-root.js';

/**
 * Flags for a process that lives for a moment: fewer collections of what it loads, and no optimizing of what runs once.
 * A start takes a fifth less processor time.
 */
export const SHORT_LIVED = [
  '--min-semi-space-size=16',
  // Only Node.js 20 has the option.
  ...(process.version.startsWith('v20.') ? ['--interrupt-budget=1000000'] : []),
];

/** A Node process that a test has started. */
export interface Started {
  child: ChildProcess;
  /** What it has written so far, to both streams. */
  output(): string;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

/**
 * Starts a compiled script.
 * @param script below `dist/`
 * @param env variables that differ from the tests' environment
 */
export function start(script: string, env: Record<string, string> = {}, args: string[] = []): Started {
  let text = '';
  const child = spawn(process.execPath, [...SHORT_LIVED, join(ROOT, 'dist', script), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return { child, output: () => text, ended };
}

/** How a command ended and what it wrote. */
export interface Outcome {
  status: number | null;
  out: string;
  error: string;
}

/** The standard input of a process, and the variables that differ from the tests' environment. */
interface ProcessOptions {
  input?: string;
  env?: Record<string, string>;
}

/** Runs Node with these arguments and waits for its end. */
export async function runNode(
  args: string[],
  { input = '', env = {} }: ProcessOptions = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [...SHORT_LIVED, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  const outcome: Outcome = { status: null, out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (outcome.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (outcome.error += text));
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  return { ...outcome, status };
}

/** Runs a command of `src/commands` in its own process and waits for its end. */
export function startCommand(command: string, args: string[], options?: ProcessOptions): Promise<Outcome> {
  return runNode([join(ROOT, 'dist', 'src', 'commands', `${command}.js`), ...args], options);
}

/**
 * Suspends a process until SIGCONT. Its threads may run on for a while after the signal: on Linux, this waits for each.
 */
export async function pause(child: ChildProcess): Promise<void> {
  child.kill('SIGSTOP');
  if (process.platform !== 'linux') return;
  while ((await statesOf(child)).some((state) => state !== 'T')) await sleep(1);
}

/** The states of a process's threads, each a letter as `ps` shows it. */
async function statesOf({ pid }: ChildProcess): Promise<string[]> {
  const folder = `/proc/${pid}/task`;
  const stats = (await readdir(folder)).map((thread) => readFile(join(folder, thread, 'stat'), 'utf8'));
  // The process name before the state is in parentheses and may contain any character.
  return (await Promise.all(stats)).map((stat) => stat.slice(stat.lastIndexOf(')') + 2)[0] as string);
}

/** How long to wait for a process, in milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * Polls until there is an answer.
 * @param ask returns undefined, or throws, while there is none
 * @param started the process that must answer
 * @param patience how long to poll, in milliseconds
 * @throws {Error} where the process ends or the time is up
 */
export async function eventually<T>(
  started: Started,
  ask: () => T | Promise<T>,
  patience = PATIENCE_MS,
): Promise<NonNullable<T>> {
  let ended: number | string | undefined;
  void started.ended.then((code) => {
    ended = code;
  });
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null) return answer;
    } catch {
      // Not yet.
    }
    if (ended !== undefined) throw new Error(`The process ended with ${ended}:\n${started.output()}`);
    await sleep(25);
  }
  throw new Error(`The process did not get there:\n${started.output()}`);
}

/** An app in another process. */
export interface AppProcess {
  url: string;
  started: Started;
  kill(): Promise<unknown>;
}

/** Starts an app in another process, for settings that the environment decides. */
export async function startApp(env: Record<string, string>): Promise<AppProcess> {
  const started = start('test/support/api-process.js', env);
  const kill = () => {
    started.child.kill('SIGKILL');
    return started.ended;
  };
  try {
    const url = await eventually(started, () => /http:\/\/127\.0\.0\.1:\d+/.exec(started.output())?.[0]);
    return { url, started, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** Runs `work` against an app in another process, and kills the process. */
export async function withProcess(
  env: Record<string, string>,
  work: (server: AppProcess) => Promise<void>,
): Promise<void> {
  const server = await startApp(env);
  try {
    await work(server);
  } finally {
    await server.kill();
  }
}

/** Ports below the range that the system uses for outgoing connections. */
const LISTENED = { from: 15_000, below: 32_000 };

/** The first of `howMany` consecutive free ports. */
export async function freePorts(howMany: number): Promise<number> {
  for (;;) {
    const first = LISTENED.from + Math.floor(Math.random() * (LISTENED.below - LISTENED.from));
    const free = await Promise.all(Array.from({ length: howMany }, (_, index) => isFree(first + index)));
    if (!free.includes(false)) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A free port. */
export function freePort(): Promise<number> {
  return freePorts(1);
}
