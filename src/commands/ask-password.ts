import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError } from './run.js';

/**
 * Reads a password: twice and without echo on a terminal, otherwise as one line of standard input.
 * @throws {CommandError} if there is none, or the two differ
 */
export async function askPassword(): Promise<string> {
  const terminal = process.stdin.isTTY;
  const input = createInterface({ input: process.stdin, output: discard(), terminal });
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

/** A stream that discards readline's echo. */
function discard(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** Prompts on standard error. The end of the input counts as an empty answer. */
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
