import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError } from './run.js';

/**
 * Reads a password: on a terminal twice and without echo, else as one line of standard input.
 * @throws {CommandError} where there is none, or the two differ
 */
export async function askPassword(): Promise<string> {
  const terminal = process.stdin.isTTY;
  const input = createInterface({ input: process.stdin, output: silence(), terminal });
  try {
    const password = await ask(input, terminal ? 'Password: ' : '');
    if (password === '') throw new CommandError('No password was given');
    if (terminal && (await ask(input, 'The same again: ')) !== password) {
      throw new CommandError('The two passwords differ');
    }
    return password;
  } finally {
    input.close();
  }
}

/** What readline echoes to. */
function silence(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** Asks on standard error; the end of the input is an empty answer. */
function ask(input: Interface, question: string): Promise<string> {
  process.stderr.write(question);
  return new Promise((resolve, reject) => {
    const answered = (answer: string) => {
      input.off('close', ended);
      if (question) process.stderr.write('\n');
      resolve(answer);
    };
    const ended = () => resolve('');
    input.once('line', answered);
    input.once('close', ended);
    input.once('SIGINT', () => reject(new CommandError('\nInterrupted')));
  });
}
