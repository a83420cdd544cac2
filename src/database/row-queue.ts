import { config } from '../config.js';
import { Busy } from './busy.js';

/*
 * Transactions of this process that lock the same row wait here for each other, before they take a connection. Otherwise a
 * row that stays locked would hold every connection of the pool, each with a transaction that waits.
 */

/**
 * How many transactions may have or await a row's lock at once: one works while the next one's statement is on its way. With
 * few connections one alone.
 */
const SLOTS = config.DATABASE_POOL_MAX < 8 ? 1 : 2;

/** The most transactions that wait for a row. */
const MOST_WAITING = 1_000;

const MS_PER_SECOND = 1_000;

/** A transaction that waits for all of its rows. */
interface Waiter {
  rows: readonly string[];
  enter: () => void;
  giveUp: () => void;
}

interface Row {
  running: number;
  /** In the order in which they go on. */
  waiting: Waiter[];
}

const queues = new Map<string, Row>();

/** The name of a row in the queue. */
export function rowName(table: string, id: number | string): string {
  return `${table}:${id}`;
}

/** When a transaction that begins now has waited long enough for its turn, by `performance.now`: as for a connection. */
export function turnDeadline(): number {
  return performance.now() + config.DATABASE_TIMEOUT_SECONDS * MS_PER_SECOND;
}

/** Whether a transaction may lock these rows at once. */
export function areFree(rows: readonly string[]): boolean {
  return crowded(rows) === undefined;
}

/** Notes that a transaction has or awaits the locks of these rows, without a wait. */
export function enter(rows: readonly string[]): void {
  for (const name of rows) rowOf(name).running += 1;
}

/**
 * Waits for the turn at all of these rows and then enters. Nothing is held meanwhile, so no order of rows is needed.
 * @param deadline by `performance.now`
 * @throws {Busy} where the turn does not come in time, or too many wait
 */
export function enterInTurn(rows: readonly string[], deadline: number): Promise<void> | undefined {
  const full = crowded(rows);
  if (full === undefined) {
    enter(rows);
    return undefined;
  }
  if (rowOf(full).waiting.length >= MOST_WAITING) throw new Busy();
  return new Promise((resolve, reject) => {
    const waiter: Waiter = {
      rows,
      enter: () => {
        clearTimeout(timer);
        enter(rows);
        resolve();
      },
      giveUp: () => {
        clearTimeout(timer);
        for (const name of rows) drop(name, waiter);
        reject(new Busy());
      },
    };
    const timer = setTimeout(waiter.giveUp, Math.max(0, deadline - performance.now()));
    rowOf(full).waiting.push(waiter);
  });
}

/** Ends what `enter` began, and lets the next ones in. */
export function leave(rows: readonly string[]): void {
  for (const name of rows) rowOf(name).running -= 1;
  for (const name of rows) letIn(name);
}

/** Refuses those who wait for a row that another client of the database does not give free. */
export function refuseWaiting(name: string): void {
  for (const waiter of queues.get(name)?.waiting.slice() ?? []) waiter.giveUp();
}

function letIn(name: string): void {
  const row = queues.get(name);
  if (!row) return;
  while (row.running < SLOTS) {
    const next = row.waiting.shift();
    if (!next) break;
    const full = crowded(next.rows);
    if (full === undefined) next.enter();
    // It has waited here already, and is the next one there.
    else rowOf(full).waiting.unshift(next);
  }
  if (row.running === 0 && row.waiting.length === 0) queues.delete(name);
}

function drop(name: string, waiter: Waiter): void {
  const row = queues.get(name);
  const at = row?.waiting.indexOf(waiter) ?? -1;
  if (row && at >= 0) row.waiting.splice(at, 1);
}

/** The first of these rows at which no further transaction may enter. */
function crowded(rows: readonly string[]): string | undefined {
  return rows.find((name) => (queues.get(name)?.running ?? 0) >= SLOTS);
}

function rowOf(name: string): Row {
  const known = queues.get(name);
  if (known) return known;
  const row = { running: 0, waiting: [] };
  queues.set(name, row);
  return row;
}
