/*
 * Marquee against the bare server of raw.ts on the database of DATABASE_URL, which dataset.ts has filled: all servers
 * run at once, each as one process, and are asked in turn, round by round. Prints the medians and writes RESULTS.md.
 * BENCH_SECONDS: how long each is asked in a round (5); BENCH_ROUNDS: how many rounds (3); arguments choose scenarios.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import autocannon, { type Result, type Shot } from 'autocannon';
import mysql from 'mysql2/promise';
import { ROOT } from '../src/root.js';
import { reviewsToWrite, type Scenario, SCENARIOS } from './scenarios.js';

const CONNECTIONS = 16;
const SECONDS = Number(process.env.BENCH_SECONDS || 5);
const ROUNDS = Number(process.env.BENCH_ROUNDS || 3);
/** Reviews written each second while the server is asked as it is shipped. */
const WRITES = 20;
const REVIEWERS = 60;
const DATABASE = process.env.DATABASE_URL as string;

const THROTTLES = ['ANON', 'USER', 'LOGIN', 'REVIEW_CREATE', 'REVIEW_LIST', 'REVIEW_DETAIL'];
const MARQUEE = {
  NODE_ENV: 'production',
  LOG_LEVEL: 'silent',
  SESSION_SECRET: randomBytes(16).toString('hex'),
  JWT_SECRET: randomBytes(16).toString('hex'),
  ...Object.fromEntries(THROTTLES.map((scope) => [`THROTTLE_${scope}`, 'off'])),
};

interface Running {
  name: string;
  child: ChildProcess;
  url: string;
}

/** What one server did with one scenario in one round. */
interface Measured {
  rate: number;
  p50: number;
  p99: number;
  /** Milliseconds of processor time for a request, where the system tells. */
  cpu: number;
}

async function startServer(
  name: string,
  script: string,
  port: number,
  env: object,
  ready = '/admin/login',
): Promise<Running> {
  const child = spawn(process.execPath, [join(ROOT, 'dist', script)], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port), ...env },
  });
  // However this ends, no server is left behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(url + ready).catch(() => null);
    if (answer?.ok) return { name, child, url };
    await sleep(100);
  }
  throw new Error(`${name} did not start`);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** The processor time that a process has taken, in milliseconds; Linux tells it in hundredths of a second. */
function processorTime({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

/** The most memory that a process has held, in megabytes. */
function peakMemory({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

async function measure(server: Running, shots: Shot[], expected: number[]): Promise<Measured> {
  const before = processorTime(server.child);
  const result: Result = await autocannon({
    url: server.url,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: shots,
  });
  const wrong = Object.keys(result.statusCodeStats).filter((status) => !expected.includes(Number(status)));
  if (wrong.length > 0 || result.errors > 0) {
    throw new Error(
      `${server.name} answered ${wrong.join(', ')} to ${shots[0]?.path}, ${result.errors} errors`,
    );
  }
  const { total } = result.requests;
  return {
    rate: total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: (processorTime(server.child) - before) / total,
  };
}

/** Writes reviews at an even pace until it is told to stop. */
function writeBeside(server: Running, reviews: Iterator<Shot>): () => void {
  const timer = setInterval(() => {
    const { value } = reviews.next() as { value: Shot };
    const { path, method, headers, body } = value;
    void fetch(server.url + path, { method, headers, body }).catch(() => undefined);
  }, 1_000 / WRITES);
  return () => clearInterval(timer);
}

/** Makes users with tokens that write reviews. */
async function addReviewers(): Promise<string[]> {
  const connection = await mysql.createConnection(DATABASE);
  const tokens: string[] = [];
  for (let index = 0; index < REVIEWERS; index += 1) {
    const token = randomBytes(32).toString('hex');
    const name = `bench-${token.slice(0, 12)}`;
    const [{ insertId }] = await connection.execute<mysql.ResultSetHeader>(
      'INSERT INTO users (username, username_key, email, email_key, date_joined) VALUES (?, ?, ?, ?, NOW())',
      [name, name, `${name}@example.org`, `${name}@example.org`],
    );
    await connection.execute(
      `INSERT INTO auth_tokens (user_id, key_hash, created, last_used, expires)
      VALUES (?, ?, NOW(), NOW() + INTERVAL 1 DAY, NOW() + INTERVAL 1 DAY)`,
      [insertId, createHash('sha256').update(token).digest('hex')],
    );
    tokens.push(token);
  }
  await connection.end();
  return tokens;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

const medians = (list: Measured[]): Measured => ({
  rate: median(list.map(({ rate }) => rate)),
  p50: median(list.map(({ p50 }) => p50)),
  p99: median(list.map(({ p99 }) => p99)),
  cpu: median(list.map(({ cpu }) => cpu)),
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const tokens = await addReviewers();
const reviews = reviewsToWrite(tokens);
const port = Number(process.env.BENCH_PORT || 4_600);
const raw = await startServer('raw', 'bench/raw.js', port, {}, '/watch/watchlist/1/');
const off = await startServer('cache off', 'src/main.js', port + 1, { ...MARQUEE, CACHE_SECONDS: '0' });
const shipped = await startServer('as shipped', 'src/main.js', port + 2, MARQUEE);
const servers = [raw, off, shipped];
const lines: string[] = [];

function report(name: string, results: Measured[][], goals: [number, number]): void {
  const [base, ...others] = results.map(medians) as [Measured, Measured, Measured];
  const cell = ({ rate, p50, p99, cpu }: Measured) =>
    `${Math.round(rate)}/s, ${p50} ms, ${p99} ms, ${cpu.toFixed(2)} ms`;
  const ratios = others.map(
    (one, index) =>
      `${cell(one)} | **${(one.rate / base.rate).toFixed(2)}** (≥ ${goals[index]}; ${(base.cpu / one.cpu).toFixed(2)})`,
  );
  const line = `| ${name} | ${cell(base)} | ${ratios.join(' | ')} |`;
  lines.push(line);
  console.log(line);
}

async function compare({ name, shots, ours, goals }: Scenario): Promise<void> {
  const results: Measured[][] = servers.map(() => []);
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [index, server] of servers.entries()) {
      const asked = ours && server !== raw ? await ours(round, server.url) : shots(round);
      const stop = server === shipped ? writeBeside(server, reviews) : () => {};
      results[index]?.push(await measure(server, asked, [200, 304]));
      stop();
    }
  }
  report(name, results, goals);
}

const asked = process.argv.slice(2);
const header = [
  '| scenario | raw: requests/s, p50, p99, processor time a request | cache off | ratio (goal; by processor time) | as shipped, 20 reviews/s meanwhile | ratio |',
  '|---|---|---|---|---|---|',
];
try {
  console.log(header.join('\n'));
  for (const scenario of SCENARIOS) {
    if (asked.length === 0 || asked.some((word) => scenario.name.includes(word))) await compare(scenario);
  }
  const memory = servers.map(({ name, child }) => `${name} ${peakMemory(child)} MB`).join(', ');
  console.log(`\nPeak memory: ${memory}`);
  if (asked.length === 0) {
    const connection = await mysql.createConnection(DATABASE);
    const [rows] = await connection.query<mysql.RowDataPacket[]>('SELECT VERSION() AS version');
    await connection.end();
    writeFileSync(
      join(ROOT, 'bench', 'RESULTS.md'),
      `# Marquee against a bare server

${new Date().toISOString().slice(0, 10)}; Node ${process.version}; database ${String(rows[0]?.version)}; ${availableParallelism()} processors (${cpus()[0]?.model ?? 'unknown'});
${CONNECTIONS} connections, medians of ${ROUNDS} rounds of ${SECONDS} s. The load, the servers and the database share the machine.

${[...header, ...lines].join('\n')}

Peak memory: ${memory}.
`,
    );
  }
} finally {
  for (const { child } of servers) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}
