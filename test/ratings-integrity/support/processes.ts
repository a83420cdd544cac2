import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../../../src/project-root.js';
import type { StormDatabase } from './database.js';

const SERVER = join(ROOT, 'dist', 'test', 'ratings-integrity', 'support', 'server-process.js');
const OFF = ['ANON', 'USER', 'LOGIN', 'REVIEW_CREATE', 'REVIEW_LIST', 'REVIEW_DETAIL'];

function environment(database: StormDatabase): NodeJS.ProcessEnv {
  const throttles = Object.fromEntries(OFF.map((scope) => [`THROTTLE_${scope}`, 'off']));
  return { ...process.env, ...throttles, NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: database.url };
}

/** A server in a process of its own. */
export interface ServerProcess {
  url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** Starts a server process and waits until it listens; it migrates the database. */
export async function startProcess(database: StormDatabase): Promise<ServerProcess> {
  const child = spawn(process.execPath, [SERVER], {
    cwd: ROOT,
    env: environment(database),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('exit', (code) => reject(new Error(`the server process ended with ${code}`)));
  });
  return { url: `http://127.0.0.1:${port}`, kill: () => killed(child) };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** Runs a command of `src/commands` to its end; gives its exit status and output. */
export function runCommand(
  database: StormDatabase,
  name: string,
  args: string[],
): Promise<{ status: number; output: string }> {
  const file = join(ROOT, 'dist', 'src', 'commands', `${name}.js`);
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [file, ...args],
      { cwd: ROOT, env: environment(database) },
      (_error, stdout, stderr) => resolve({ status: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
}
