import { readFileSync } from 'node:fs';

/** The address of a MySQL database, under the names that its drivers use. */
export interface MysqlAddress {
  host: string;
  port: number;
  database: string;
  username: string;
  password: string;
  /** TLS as mysql2 takes it; undefined connects in the clear. */
  ssl?: Tls;
  /** A Unix socket, which goes before host and port. */
  socketPath?: string;
}

interface Tls {
  ca?: string;
  cert?: string;
  key?: string;
  rejectUnauthorized: boolean;
  verifyIdentity: boolean;
}

/** A `DATABASE_URL` that cannot be used; the message says why, and continues a sentence. */
export class DatabaseUrlError extends Error {
  override name = 'DatabaseUrlError';
}

/**
 * MySQL's own names: https://dev.mysql.com/doc/refman/en/connection-options.html#option_general_ssl-mode.
 * `PREFERRED`, which falls back to the clear in silence, is not among them.
 */
const MODES: Record<string, { encrypted: boolean; chain: boolean; identity: boolean }> = {
  DISABLED: { encrypted: false, chain: false, identity: false },
  REQUIRED: { encrypted: true, chain: false, identity: false },
  VERIFY_CA: { encrypted: true, chain: true, identity: false },
  VERIFY_IDENTITY: { encrypted: true, chain: true, identity: true },
};
const PARAMETERS = ['ssl-mode', 'ssl-ca', 'ssl-cert', 'ssl-key', 'socket'];

/**
 * Reads `sqlite:FILE`.
 * @returns the file
 * @throws {DatabaseUrlError}
 */
export function parseSqliteUrl(text: string): string {
  const path = text.replace(/^sqlite:/, '');
  if (path === '') throw new DatabaseUrlError('must name a file, such as sqlite:./data/app.sqlite');
  if (path.includes(':memory:')) {
    throw new DatabaseUrlError(
      'must name a file: an in-memory database cannot serve several requests at once',
    );
  }
  if (/^\/\/[^/]/.test(path)) {
    throw new DatabaseUrlError(
      `must be sqlite:${path.slice(2)}, or sqlite:///… with an absolute path: what follows two slashes would lie in /`,
    );
  }
  if (path.includes('?')) {
    throw new DatabaseUrlError('has parameters after a ?, but a file of SQLite takes none');
  }
  return path.replace(/^\/\/(?=\/)/, '');
}

/**
 * Reads `mysql://user:password@host:3306/name?ssl-mode=…`, and the certificates that it names.
 * @throws {DatabaseUrlError}
 */
export function parseMysqlUrl(text: string): MysqlAddress {
  if (!/^(mysql|mariadb):\/\//.test(text) || !URL.canParse(text)) {
    throw new DatabaseUrlError(
      'must be like mysql://user:password@host:3306/name: signs such as : / @ ? # % in a user or password are written %3A %2F %40 %3F %23 %25',
    );
  }
  const url = new URL(text);
  if (url.hash !== '') throw new DatabaseUrlError('has an unescaped #: write it %23');
  const part = (value: string, name: string) => {
    try {
      return decodeURIComponent(value);
    } catch {
      throw new DatabaseUrlError(`has a % in its ${name} that begins no escape: write it %25`);
    }
  };
  const database = part(url.pathname.slice(1), 'name');
  if (database === '')
    throw new DatabaseUrlError('must name a database: mysql://user:password@host:3306/NAME');
  const parameters = parametersOf(url);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 3306),
    database,
    username: part(url.username, 'user'),
    password: part(url.password, 'password'),
    ...tlsOf(parameters),
    ...(parameters.has('socket') && { socketPath: parameters.get('socket') }),
  };
}

function parametersOf(url: URL): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (!PARAMETERS.includes(name)) {
      throw new DatabaseUrlError(`has the parameter ${name}, but only ${PARAMETERS.join(', ')} are known`);
    }
    if (parameters.has(name)) throw new DatabaseUrlError(`has the parameter ${name} twice`);
    if (value === '') throw new DatabaseUrlError(`has the parameter ${name} without a value`);
    parameters.set(name, value);
  }
  return parameters;
}

function tlsOf(parameters: Map<string, string>): { ssl?: Tls } {
  const files = ['ssl-ca', 'ssl-cert', 'ssl-key'].filter((name) => parameters.has(name));
  const given = parameters.get('ssl-mode');
  const mode = MODES[given?.toUpperCase() ?? 'DISABLED'];
  if (!mode)
    throw new DatabaseUrlError(
      `has ssl-mode=${given}, which must be one of ${Object.keys(MODES).join(', ')}`,
    );
  if (!mode.encrypted && files.length > 0) {
    throw new DatabaseUrlError(`has ${files.join(', ')} without encryption: add ssl-mode=VERIFY_IDENTITY`);
  }
  if (!mode.chain && parameters.has('ssl-ca')) {
    throw new DatabaseUrlError(
      'has ssl-ca, which ssl-mode=REQUIRED does not look at: take VERIFY_CA or VERIFY_IDENTITY',
    );
  }
  if (parameters.has('ssl-cert') !== parameters.has('ssl-key')) {
    throw new DatabaseUrlError('needs both of ssl-cert and ssl-key, or neither');
  }
  if (!mode.encrypted) return {};
  const read = (name: string) => {
    const file = parameters.get(name);
    if (file === undefined) return undefined;
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new DatabaseUrlError(`names a file in ${name} that cannot be read: ${(error as Error).message}`);
    }
  };
  return {
    ssl: {
      ca: read('ssl-ca'),
      cert: read('ssl-cert'),
      key: read('ssl-key'),
      rejectUnauthorized: mode.chain,
      verifyIdentity: mode.identity,
    },
  };
}
