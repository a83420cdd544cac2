import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../src/project-root.js';
import { type Outcome, SHORT_LIVED } from '../support/processes.js';

/**
 * Runs a command in bash, with its output led elsewhere.
 * @param rest the end of the command's line, such as `| head -1`
 * @returns the command's own status, and what is left of the output
 */
export function runLed(command: string, args: string[], rest: string): Promise<Outcome> {
  return bash(`"$@" ${rest}\nexit "\${PIPESTATUS[0]}"`, command, args);
}

/**
 * Runs a command into a pipe that nobody reads.
 * @param rest a redirection, such as `2>&1`
 * @returns the command's own status, as soon as it ends
 */
export async function runUnread(command: string, args: string[], rest: string): Promise<Outcome> {
  const unread = `{ "$@" ${rest}; echo "status $?" >&9; } | sleep 30 >/dev/null 2>&1 9>&- &`;
  const outcome = await bash(`exec 9>&1\n${unread}`, command, args);
  return { ...outcome, status: Number(/status (\d+)/.exec(outcome.out)?.[1] ?? NaN) };
}

function bash(line: string, command: string, args: string[]): Promise<Outcome> {
  const script = join(ROOT, 'dist', 'src', 'commands', `${command}.js`);
  const child = spawn('bash', ['-c', line, 'bash', process.execPath, ...SHORT_LIVED, script, ...args], {
    env: { ...process.env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome: Outcome = { status: null, out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (outcome.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (outcome.error += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...outcome, status }));
  });
}
