import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../../../src/project-root.js';
import { SHORT_LIVED, startCommand } from '../../support/processes.js';
import type { ScratchDatabase } from '../../support/scratch-database.js';

const SERVER = join(ROOT, 'dist', 'test', 'ratings-integrity', 'support', 'server-process.js');

/** A server in a process of its own. */
export interface ServerProcess {
  url: string;
  /** Kills it without a chance to clean up. */
  kill(): Promise<void>;
}

/** Starts a server process and waits until it listens; it migrates the database. */
export async function startProcess(database: ScratchDatabase): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...SHORT_LIVED, SERVER], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: database.url },
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

/** Runs a command of `src/commands` on a database; returns its exit status and output. */
export async function runCommand(
  database: ScratchDatabase,
  name: string,
  args: string[],
): Promise<{ status: number | null; output: string }> {
  const { status, out, error } = await startCommand(name, args, { env: { DATABASE_URL: database.url } });
  return { status, output: out + error };
}
