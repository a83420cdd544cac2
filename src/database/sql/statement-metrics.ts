import { Counter, Histogram } from 'prom-client';
import { processMetrics } from '../../metrics.js';

/*
 * Times and errors of SQL statements, by what a statement does and to which table: "select watch_lists". A text would make
 * a series of each value in it.
 */

/** The most names. Statements beyond them, as by a new feature, are `other`. */
const NAMES = 100;
const OTHER = 'other';

/** A comment or a time limit may stand before the verb. */
const VERB = /^\s*(?:SET\s+STATEMENT\s.*?\sFOR\s+)?(\w+)/i;
const VERBS = new Set(['select', 'insert', 'update', 'delete', 'replace', 'with', 'commit', 'rollback']);
const TABLE = /\b(?:FROM|INTO|UPDATE|JOIN)\s+[`"]?([a-z_]+)\b/i;
/** How far into a statement its table is looked for, in characters: the values of a long one are not its table. */
const LOOKED_AT = 2_000;

const MS_PER_SECOND = 1_000;

const seconds = new Histogram({
  name: 'database_statement_seconds',
  help: 'Time of SQL statements on the connections of the pools, by verb and first table.',
  labelNames: ['statement'],
  buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
  registers: [processMetrics],
});
const errors = new Counter({
  name: 'database_statement_errors_total',
  help: 'SQL statements that failed, by verb and first table.',
  labelNames: ['statement'],
  registers: [processMetrics],
});

/** What observes the statements of each name. */
const observers = new Map<string, (milliseconds: number, hasFailed: boolean) => void>();
/** The names of prepared statements, whose texts come again and again. */
const known = new Map<string, string>();
const KNOWN = 1_000;

/** A statement's name. */
function nameOf(sql: string): string {
  const verb = VERB.exec(sql)?.[1]?.toLowerCase() ?? '';
  if (!VERBS.has(verb)) return OTHER;
  const table = TABLE.exec(sql.slice(0, LOOKED_AT))?.[1]?.toLowerCase();
  return table === undefined ? verb : `${verb} ${table}`;
}

function preparedName(sql: string): string {
  let name = known.get(sql);
  if (name === undefined) {
    name = nameOf(sql);
    if (known.size < KNOWN) known.set(sql, name);
  }
  return name;
}

function observerOf(name: string): (milliseconds: number, hasFailed: boolean) => void {
  const made = observers.get(name);
  if (made) return made;
  if (observers.size >= NAMES) return observerOf(OTHER);
  const ofName = { time: seconds.labels(name), failures: errors.labels(name) };
  const observe = (milliseconds: number, hasFailed: boolean) => {
    ofName.time.observe(milliseconds / MS_PER_SECOND);
    if (hasFailed) ofName.failures.inc();
  };
  observers.set(name, observe);
  return observe;
}

// Without it the last name would find no room.
observerOf(OTHER);

/**
 * Measures the statement of a call of sqlite3's methods.
 * @param call the arguments: its text first, its callback last
 * @returns the arguments to call the method with
 */
export function measured<Call extends unknown[]>(call: Call): Call {
  const done: unknown = call.at(-1);
  if (typeof done !== 'function') return call;
  const observe = observerOf(nameOf(String(call[0])));
  const begun = performance.now();
  const measuring = function measuring(this: unknown, error: unknown, ...more: unknown[]): unknown {
    observe(performance.now() - begun, Boolean(error));
    return Reflect.apply(done, this, [error, ...more]);
  };
  return [...call.slice(0, -1), measuring] as Call;
}

/** The parts of a mysql2 command that this file uses. */
interface Command {
  sql?: string;
  statement?: { query: string };
  onResult?: ((error: unknown, ...more: unknown[]) => unknown) | undefined;
}

/** Measures every statement of a mysql2 connection. */
export function measureStatements(connection: { addCommand(command: object): object }): void {
  const add = connection.addCommand.bind(connection);
  connection.addCommand = (command: Command) => {
    const { sql, statement, onResult } = command;
    if (onResult && (statement || sql !== undefined)) {
      const observe = observerOf(statement ? preparedName(statement.query) : nameOf(sql as string));
      const begun = performance.now();
      command.onResult = (error, ...more) => {
        observe(performance.now() - begun, Boolean(error));
        return onResult(error, ...more);
      };
    }
    return add(command);
  };
}
