import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

/** Standard output and error for a command in this process. */
export interface Streams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  close(): void;
}

/** A stream like Node's own on a file or a device: it writes at once. */
function device(path: string): Writable {
  const file = openSync(path, 'w');
  return new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      try {
        writeSync(file, chunk);
      } catch (error) {
        done(error as Error);
        return;
      }
      done();
    },
    destroy(error, done) {
      closeSync(file);
      done(error);
    },
  });
}

/** A stream like Node's own on a pipe, and the pipe's other end. */
function pipe(): { stream: Socket; reader: number } {
  const path = join(mkdtempSync(join(tmpdir(), 'marquee-pipe-')), 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  return { stream: new Socket({ fd, readable: false, writable: true }), reader };
}

/** A pipe whose reader has ended before anything is written. */
async function closedPipe(): Promise<Socket> {
  const { stream, reader } = pipe();
  const program = spawn('true', [], { stdio: [reader, 'ignore', 'ignore'] });
  closeSync(reader);
  await once(program, 'exit');
  return stream;
}

/** A pipe whose reader ends after a line. */
function lineOfPipe(): Socket {
  const { stream, reader } = pipe();
  spawn('head', ['-1'], { stdio: [reader, 'ignore', 'ignore'] });
  closeSync(reader);
  return stream;
}

function streams(out: Writable, error: Writable = out): Streams {
  return {
    stdout: out as NodeJS.WriteStream,
    stderr: error as NodeJS.WriteStream,
    close: () => [out, error].forEach((stream) => stream.destroy()),
  };
}

/** A standard error that is full, and a standard output that is closed: `2>/dev/full | true`. */
export async function fullError(): Promise<Streams> {
  return streams(await closedPipe(), device('/dev/full'));
}

/** What may become of standard output and error: the shell's words for it, and the same for a command in this process. */
export const LOST_OUTPUTS: Record<string, { rest: string; open: () => Streams | Promise<Streams> }> = {
  'closed at once': { rest: '2>&1 | true', open: async () => streams(await closedPipe()) },
  'closed after a line': { rest: '2>&1 | head -1', open: () => streams(lineOfPipe()) },
  'closed both': {
    rest: '2> >(true) | true',
    open: async () => streams(await closedPipe(), await closedPipe()),
  },
  full: { rest: '>/dev/full', open: () => streams(device('/dev/full'), device('/dev/null')) },
  'full both': {
    rest: '>/dev/full 2>/dev/full',
    open: () => streams(device('/dev/full'), device('/dev/full')),
  },
  // Node opens /dev/null in their place.
  'not open': { rest: '>&- 2>&-', open: () => streams(device('/dev/null'), device('/dev/null')) },
};
