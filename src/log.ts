import cluster from 'node:cluster';
import { fstatSync, writeSync } from 'node:fs';
import { pino } from 'pino';
import { config } from './config.js';

/** A pipe takes up to so many bytes in one piece: lines of several workers do not mix. */
const PIPE_BYTES = 4_096;
const CHUNK_BYTES = cluster.isWorker ? PIPE_BYTES : 4 * PIPE_BYTES;
/** Lines wait at most this long, in milliseconds. */
const FLUSH_MS = 100;
/** The most that waits for a reader, in UTF-16 units. Beyond it lines are dropped. */
const BACKLOG = 1_000_000;

/** Whether standard output is a file or a device, which takes or refuses a write at once. */
const isFile = (() => {
  try {
    const stats = fstatSync(1);
    return stats.isFile() || (stats.isCharacterDevice() && !process.stdout.isTTY);
  } catch {
    return false;
  }
})();

/** Standard output that never makes the process wait: what is full, closed or not read costs lines of log, nothing else. */
class LogOutput {
  private lines: string[] = [];
  private length = 0;
  private dropped = 0;
  private isClosed = false;
  private timer: NodeJS.Timeout | null = null;

  constructor() {
    process.on('exit', () => this.flush());
    // Other writes to the two streams, such as the first admin's password, must not end the process either.
    process.stderr.on('error', () => undefined);
    process.stdout.on('error', () => (this.isClosed = !isFile));
    if (isFile) return;
    // Node writes to a terminal synchronously: Ctrl-S would stop the process.
    const handle = Reflect.get(process.stdout, '_handle') as { setBlocking?(blocking: boolean): void } | null;
    if (process.stdout.isTTY) handle?.setBlocking?.(false);
  }

  /** Takes a line; pino calls it. */
  write(line: string): void {
    if (this.isClosed) return;
    this.lines.push(line);
    this.length += line.length;
    if (this.length >= CHUNK_BYTES / 2) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), FLUSH_MS).unref();
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const { lines } = this;
    this.lines = [];
    this.length = 0;
    if (this.dropped > 0) lines.unshift(this.droppedLine());
    for (const chunk of chunksOf(lines)) if (!this.put(chunk.text)) this.dropped += chunk.lines;
  }

  /** Writes whole lines; false where there is no room for them. */
  private put(text: string): boolean {
    if (isFile) return putIntoFile(text);
    if (this.isClosed || process.stdout.writableLength > BACKLOG) return false;
    process.stdout.write(text);
    return true;
  }

  private droppedLine(): string {
    const line = { level: 'warn', time: new Date().toISOString(), pid: process.pid, dropped: this.dropped };
    this.dropped = 0;
    return `${JSON.stringify({ ...line, msg: 'lines of this log were dropped: nobody read them' })}\n`;
  }
}

/** Writes into a file; false where the disk is full. What was written of a line by then stays. */
function putIntoFile(text: string): boolean {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
    return true;
  } catch {
    return false;
  }
}

/** Joins lines into pieces that a pipe takes whole. */
function chunksOf(lines: string[]): { text: string; lines: number }[] {
  const chunks: { text: string; lines: number }[] = [];
  let last: { text: string; lines: number } | undefined;
  for (const line of lines) {
    if (last && last.text.length + line.length <= CHUNK_BYTES / 2) {
      last.text += line;
      last.lines += 1;
    } else chunks.push((last = { text: line, lines: 1 }));
  }
  return chunks;
}

let lastTime = 0;
let lastText = '';

/** The time of a line in ISO 8601. Lines of one millisecond share the text. */
function timestamp(): string {
  const now = Date.now();
  if (now !== lastTime) lastText = `,"time":"${new Date(now).toISOString()}"`;
  lastTime = now;
  return lastText;
}

/** The keys that every line has. */
const OWN_KEYS = new Set(['level', 'time', 'pid', 'msg']);

/** A line's fields, without the keys that it has already: JSON with a key twice is read differently by each reader. */
function withOwnNames(fields: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(fields);
  if (!names.some((name) => OWN_KEYS.has(name))) return fields;
  return Object.fromEntries(names.map((name) => [OWN_KEYS.has(name) ? `its_${name}` : name, fields[name]]));
}

/** The process's structured log: one JSON object a line. */
export const log = pino(
  {
    level: config.LOG_LEVEL,
    base: { pid: process.pid },
    timestamp,
    formatters: { level: (label) => ({ level: label }), log: withOwnNames },
  },
  new LogOutput(),
);
