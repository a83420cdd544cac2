import { DatabaseError } from 'sequelize';

/** Error codes of a full disk or quota, of the databases and of the system. */
const FULL = new Set(['ER_DISK_FULL', 'ER_RECORD_FILE_FULL', 'SQLITE_FULL', 'ENOSPC', 'EDQUOT']);

/** Error codes of a database that refuses this user or this process, or whose file is at fault. */
const REFUSED =
  /^(ER_(TABLEACCESS|COLUMNACCESS|DBACCESS|SPECIFIC_ACCESS)_DENIED_ERROR|ER_OPTION_PREVENTS_STATEMENT|SQLITE_(READONLY|CANTOPEN|PERM|CORRUPT|NOTADB))$/;

/** An error of a database's driver, or of the system. */
export interface DriverError extends Error {
  code?: string;
  errno?: number;
  /** Whether the error ended the connection. */
  fatal?: boolean;
}

/** The driver's or system's error in an error. */
export function causeOf(error: Error): DriverError {
  return error instanceof DatabaseError ? error.original : error;
}

/** Whether a constraint failed. With all parents locked it can only be a unique one. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && ['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT'].includes(causeOf(error).code ?? '');
}

/** Whether there is no room left for what was to be written. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && FULL.has(causeOf(error).code ?? '');
}

/** What a database said that refuses this user or process, or has a damaged file; null for other errors. */
export function refusalIn(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code = '', message } = causeOf(error);
  if (code === 'SQLITE_IOERR') return `${message}: its disk is full, or damaged`;
  return REFUSED.test(code) ? message : null;
}

/** The numbers of the errors of statements over their time limit: MySQL's, and MariaDB's, the last in full-text indexes. */
const OVER_TIME = new Set([3024, 1969, 188]);

/** Whether a statement was ended by its time limit. */
export function isOverTime(error: unknown): boolean {
  return error instanceof DatabaseError && OVER_TIME.has(causeOf(error).errno ?? 0);
}
