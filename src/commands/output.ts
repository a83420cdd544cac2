import { setTimeout as sleep } from 'node:timers/promises';

/* What a command says about its work: lost where nobody reads it, never the reason for another end of the work. */

/** Read at each use: a test gives the process other streams. */
const streams = () => [process.stdout, process.stderr];

/** The most that waits for a reader, in bytes. What is said beyond it is dropped. */
const BACKLOG = 16_000_000;

/** How long the end of a command waits for a reader that takes nothing, in milliseconds. */
const PATIENCE_MS = 3_000;

/** How often it looks. */
const LOOK_MS = 50;

let dropped = 0;

const ignore = () => {};

/** Survives an output that is lost: a full disk, a closed pipe and a closed terminal would end the process. */
export function surviveLostOutput(): void {
  for (const stream of streams()) if (!stream.listeners('error').includes(ignore)) stream.on('error', ignore);
}

/** Writes a line to standard output. */
export function print(line: string): void {
  write(process.stdout, line);
}

/** Writes a line to standard error. */
export function complain(line: string): void {
  write(process.stderr, line);
}

function write(stream: NodeJS.WriteStream, line: string): void {
  if (stream.writableLength > BACKLOG) dropped += 1;
  else if (stream.writable) stream.write(`${line}\n`);
}

/**
 * Waits until what was said has been read, as long as somebody reads.
 * @returns false if nobody does
 */
export async function settleOutput(): Promise<boolean> {
  if (dropped > 0 && process.stdout.writable)
    process.stdout.write(`${dropped} lines were dropped: nobody read them\n`);
  dropped = 0;
  let left = waiting();
  for (let since = performance.now(); left > 0;) {
    if (performance.now() - since > PATIENCE_MS) return false;
    await sleep(LOOK_MS);
    const now = waiting();
    if (now < left) since = performance.now();
    left = now;
  }
  return true;
}

/** A measure of what waits for a reader: it falls whenever somebody reads. */
function waiting(): number {
  return streams().reduce((total, stream) => total + (stream.writable ? waitingIn(stream) : 0), 0);
}

function waitingIn(stream: NodeJS.WriteStream): number {
  // `writableLength` only falls once all of a write has been read.
  const handle = Reflect.get(stream, '_handle') as { writeQueueSize?: number } | null | undefined;
  return stream.writableLength + (handle?.writeQueueSize ?? 0);
}
