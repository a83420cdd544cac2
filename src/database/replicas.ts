import type { Connection, RowDataPacket } from 'mysql2/promise';
import { ConnectionError, type Sequelize } from 'sequelize';
import { log } from '../log.js';
import type { MysqlAddress } from '../addresses/database.js';
import { explainConnectionError } from './connection-advice.js';
import { openMysqlConnection } from './mysql-connection.js';
import { AsyncScope } from './async-scope.js';

/*
 * Reads that may be stale go to a replica. It is chosen once per request, so that all reads of a request are of one
 * replica. A replica that fails is skipped until a probe succeeds; without any replica the primary answers.
 */

/** The interval between the probes of each replica, in milliseconds. */
const PROBE_MS = 1_000;
/** How long a probe may take, in milliseconds. */
const PROBE_TIMEOUT_MS = 2_000;

/** How long a replica may take to say its lag, in milliseconds: a scrape waits for it. */
const LAG_TIMEOUT_MS = 500;

/** What a replica is asked for its lag: in MySQL's words, and in MariaDB's. */
const STATUS = [
  ['SHOW REPLICA STATUS', 'Seconds_Behind_Source'],
  ['SHOW SLAVE STATUS', 'Seconds_Behind_Master'],
] as const;

/** One read replica. */
export interface Replica {
  /** Its host and port, for the log. */
  readonly name: string;
  readonly sequelize: Sequelize;
  /** Skips the replica until a probe succeeds; logs that once. */
  lost(error: Error): void;
  /**
   * Waits for a read, as long as the probes of the replica succeed.
   * @throws {ConnectionError} where one fails
   */
  whileUp<T>(read: Promise<T>): Promise<T>;
}

class ProbedReplica implements Replica {
  up = true;
  #connection: Connection | null = null;
  #probing = false;
  /** What ends the reads that wait. */
  readonly #waiting = new Set<(error: Error) => void>();

  constructor(
    readonly name: string,
    readonly sequelize: Sequelize,
    private readonly address: MysqlAddress,
  ) {}

  lost(error: Error): void {
    if (this.up)
      log.warn({ replica: this.name, reason: explainConnectionError(error) }, 'a read replica is away');
    this.up = false;
  }

  whileUp<T>(read: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = (error: Error) => reject(new ConnectionError(error));
      this.#waiting.add(giveUp);
      const end = () => this.#waiting.delete(giveUp);
      read.then(resolve, reject).then(end, end);
    });
  }

  /** Pings the replica on a connection of its own, which no load keeps busy. */
  async probe(): Promise<void> {
    if (this.#probing) return;
    this.#probing = true;
    try {
      await this.#ping();
      if (!this.up) log.info({ replica: this.name }, 'a read replica is back');
      this.up = true;
    } catch (error) {
      this.#connection?.destroy();
      this.#connection = null;
      this.lost(error as Error);
      // A replica that hangs would keep them waiting as long as any statement may take.
      for (const giveUp of this.#waiting) giveUp(error as Error);
    } finally {
      this.#probing = false;
    }
  }

  /**
   * How many seconds the replica is behind: null where it does not replicate, undefined where it does not say, as without
   * the privilege that this needs.
   */
  async lag(): Promise<number | null | undefined> {
    const connection = this.#connection;
    if (!connection || !this.up) return undefined;
    for (const [sql, column] of STATUS) {
      try {
        const [[row]] = await withTimeout(connection.query<RowDataPacket[]>(sql), LAG_TIMEOUT_MS);
        const seconds: unknown = row?.[column];
        return seconds === undefined || seconds === null ? null : Number(seconds);
      } catch {
        // The words of the other kind of server, or no privilege.
      }
    }
    return undefined;
  }

  async #ping(): Promise<void> {
    this.#connection ??= await openMysqlConnection(this.address, { connectTimeout: PROBE_TIMEOUT_MS });
    await withTimeout(this.#connection.ping());
  }

  async close(): Promise<void> {
    this.#connection?.destroy();
    await this.sequelize.close();
  }
}

async function withTimeout<T>(answer: Promise<T>, ms = PROBE_TIMEOUT_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it does not answer in time')), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A replica's name, its pool, and the address for probes. */
export type ReplicaSource = [name: string, sequelize: Sequelize, address: MysqlAddress];

/** The replicas of one primary. */
export class Replicas {
  readonly #replicas: ProbedReplica[];
  /** Null where the primary is chosen. */
  readonly #chosen = new AsyncScope<Replica | null>();
  readonly #timer: NodeJS.Timeout | undefined;
  #turn = 0;

  constructor(sources: ReplicaSource[]) {
    this.#replicas = sources.map((source) => new ProbedReplica(...source));
    if (sources.length === 0) return;
    this.#timer = setInterval(() => this.#replicas.forEach((replica) => void replica.probe()), PROBE_MS);
    this.#timer.unref();
  }

  /** Runs `work` with its reads outside of transactions on one replica, chosen in turn. */
  reading<T>(work: () => Promise<T>): Promise<T> {
    const up = this.#replicas.filter((replica) => replica.up);
    this.#turn += 1;
    const replica = up[this.#turn % up.length];
    return replica ? this.#chosen.run(replica, work) : work();
  }

  /** Runs `work` with its reads on the primary. */
  notReading<T>(work: () => Promise<T>): Promise<T> {
    return this.current() ? this.#chosen.run(null, work) : work();
  }

  /** The replica that the caller reads from; null where it reads from the primary. */
  current(): Replica | null {
    return this.#chosen.get() ?? null;
  }

  /** Which replicas answer. */
  states(): { name: string; up: boolean }[] {
    return this.#replicas.map(({ name, up }) => ({ name, up }));
  }

  /** How far the replicas are behind, in seconds: see `ProbedReplica.lag`. */
  lags(): Promise<{ name: string; lag: number | null | undefined }[]> {
    return Promise.all(
      this.#replicas.map(async (replica) => ({ name: replica.name, lag: await replica.lag() })),
    );
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#replicas.map((replica) => replica.close()));
  }
}
