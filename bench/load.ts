import autocannon, { type Repeated, type Shot } from 'autocannon';
import { memory, processorTime, type Server } from './server-process.js';

export const CONNECTIONS = 16;
/** The length of a round for each server, in seconds. */
export const SECONDS = Number(process.env.BENCH_SECONDS || 3);
export const ROUNDS = Number(process.env.BENCH_ROUNDS || 3);
/** The length of the warm-up for each server, in seconds. */
const WARM_UP = Number(process.env.BENCH_WARM_UP || 5);
const SAMPLE_MS = 100;
/** Long: on a busy machine a request may wait. */
const TIMEOUT_SECONDS = 60;
/** The number of different requests that each connection repeats. */
const SHOTS_EACH = 500;

/** The requests: a list, of which each connection takes a part, or a function that makes each request. */
export type Shots = Shot[] | Repeated;

/** The results of one server under one load. */
export interface Measured {
  /** Requests a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Milliseconds of CPU time for each request; NaN where the system does not report it. */
  cpu: number;
  /** The peak memory (RSS) of the process, in megabytes. */
  memory: number;
}

/** A server in an interleaved measurement. */
export interface Contender {
  server: Server;
  shots: (round: number) => Shots;
  /** The allowed statuses; by default 200. */
  statuses?: number[];
  /** Starts work in the background; returns a function that ends it. */
  beside?: () => () => Promise<void>;
}

/**
 * Loads a server over 16 connections.
 * @throws {Error} where an answer has none of the `statuses`
 */
export async function load(
  server: Server,
  shots: Shots,
  { seconds = SECONDS, statuses = [200] }: { seconds?: number; statuses?: number[] } = {},
): Promise<Measured> {
  const times: number[] = [];
  let peak = memory(server.child);
  const sampling = setInterval(() => {
    peak = Math.max(peak, memory(server.child));
  }, SAMPLE_MS);
  let client = 0;
  const before = processorTime(server.child);
  const run = autocannon({
    url: server.url,
    connections: CONNECTIONS,
    duration: seconds,
    timeout: TIMEOUT_SECONDS,
    setupClient: (connection) => {
      connection.setRequests(requestsOf(shots, client));
      client += 1;
    },
  });
  run.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  const result = await run;
  clearInterval(sampling);
  const cpu = processorTime(server.child) - before;
  const wrong = Object.keys(result.statusCodeStats).filter((status) => !statuses.includes(Number(status)));
  if (wrong.length > 0 || result.errors > 0) {
    const unexpected = wrong.length > 0 ? `status ${wrong.join(', ')}` : 'no unexpected status';
    throw new Error(
      `${server.name}: ${times.length} answers, ${unexpected}, ${result.errors} errors and timeouts`,
    );
  }
  times.sort((a, b) => a - b);
  return {
    rate: times.length / result.duration,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    cpu: cpu / times.length,
    memory: peak,
  };
}

/** The requests of one connection: a different part of the list for each, so that they do not run in step. */
function requestsOf(shots: Shots, client: number) {
  if (!Array.isArray(shots)) return [{ ...shots }];
  const from = (client * SHOTS_EACH) % shots.length;
  const own = shots.slice(from, from + SHOTS_EACH);
  // autocannon modifies the requests.
  return own.map((shot) => ({ ...shot }));
}

/**
 * Loads all servers in turn, round by round, after a warm-up that is not measured: V8 compiles hot code, so a server
 * that has just started is slower than one in production.
 * @returns the medians of the rounds, in the order of the contenders
 */
export async function interleaved(contenders: Contender[], seconds = SECONDS): Promise<Measured[]> {
  const results: Measured[][] = contenders.map(() => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, { server, shots, statuses, beside }] of contenders.entries()) {
      const end = beside?.();
      try {
        const measured = await load(server, shots(round), {
          seconds: round === 0 ? WARM_UP : seconds,
          statuses,
        });
        if (round > 0) results[index]?.push(measured);
      } finally {
        await end?.();
      }
    }
  }
  return results.map(medians);
}

/** A quantile of sorted values; Infinity where there are none. */
function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity;
}

export function median(values: number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

function medians(list: Measured[]): Measured {
  const of = (key: keyof Measured) => median(list.map((one) => one[key]));
  return {
    rate: of('rate'),
    p50: of('p50'),
    p99: of('p99'),
    cpu: of('cpu'),
    memory: Math.max(...list.map((one) => one.memory)),
  };
}
