import autocannon, { type Repeated, type Shot } from 'autocannon';
import { memory, processorTime, type Server } from './server-process.js';

export const CONNECTIONS = 16;
/** How long each server is asked in a round, in seconds. */
export const SECONDS = Number(process.env.BENCH_SECONDS || 3);
export const ROUNDS = Number(process.env.BENCH_ROUNDS || 3);
/** How long each is asked before that, in seconds. */
const WARM_UP = Number(process.env.BENCH_WARM_UP || 5);
const SAMPLE_MS = 100;
/** A machine that does much else may let a request wait. */
const TIMEOUT_SECONDS = 60;
/** Each connection asks for so many different things in turn. */
const SHOTS_EACH = 500;

/** What is asked for: a list, of which each connection has its share, or what makes every request anew. */
export type Shots = Shot[] | Repeated;

/** What one server did under one load. */
export interface Measured {
  /** Requests a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Milliseconds of processor time for a request; NaN where the system does not tell. */
  cpu: number;
  /** The most memory that the process held meanwhile, in megabytes. */
  memory: number;
}

/** One of those that are measured in turn. */
export interface Contender {
  server: Server;
  shots: (round: number) => Shots;
  /** The statuses that it may answer with; 200 alone without. */
  statuses?: number[];
  /** Starts what goes on meanwhile, and gives what ends it. */
  beside?: () => () => Promise<void>;
}

/**
 * Asks a server over 16 connections.
 * @throws where an answer has none of the `statuses`
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

/** What one connection asks for: another part of the list than its neighbours, so that they do not ask in step. */
function requestsOf(shots: Shots, client: number) {
  if (!Array.isArray(shots)) return [{ ...shots }];
  const from = (client * SHOTS_EACH) % shots.length;
  const own = shots.slice(from, from + SHOTS_EACH);
  // A connection writes into what it was given.
  return own.map((shot) => ({ ...shot }));
}

/**
 * Asks all in turn, round by round, after a while each that does not count: V8 compiles what it has seen often, and a
 * server that has run for seconds is not the one that runs for weeks.
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

/** Infinity where nothing was answered in time. */
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
