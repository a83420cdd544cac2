import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import {
  AddressError,
  decodePart,
  parametersOf,
  parseAddress,
  refuseInvisible,
  requireHost,
} from './parts.js';

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
 * @throws {AddressError}
 */
export function parseSqliteUrl(text: string): string {
  refuseInvisible(text);
  const path = text.replace(/^sqlite:/, '');
  if (path === '') throw new AddressError('must name a file, such as sqlite:./data/app.sqlite');
  if (path.includes(':memory:')) {
    throw new AddressError('must name a file: an in-memory database cannot serve several requests at once');
  }
  if (/^\/\/[^/]/.test(path)) {
    throw new AddressError(
      `must be sqlite:${path.slice(2)}, or sqlite:///… with an absolute path: what follows two slashes would lie in /`,
    );
  }
  if (path.includes('?')) {
    throw new AddressError('has parameters after a ?, but a file of SQLite takes none');
  }
  const file = path.replace(/^\/\/(?=\/)/, '');
  if (file.endsWith('/') || statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AddressError(`names the folder ${file}: it must name a file, such as sqlite:./data/app.sqlite`);
  }
  return file;
}

/**
 * Reads `mysql://user:password@host:3306/name?ssl-mode=…`, and the certificates that it names.
 * @throws {AddressError}
 */
export function parseMysqlUrl(text: string): MysqlAddress {
  const url = parseAddress(withHost(text), ['mysql', 'mariadb'], 'mysql://user:password@host:3306/name');
  const database = decodePart(url.pathname.slice(1), 'name');
  if (database === '') throw new AddressError('must name a database: mysql://user:password@host:3306/NAME');
  const parameters = parametersOf(url, PARAMETERS);
  if (!parameters.has('socket')) {
    if (text !== withHost(text)) throw new AddressError('must name a host, or a socket');
    requireHost(url);
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const { ssl } = tlsOf(parameters);
  // The driver would compare the certificate with the name localhost.
  if (ssl?.verifyIdentity && isIP(host)) {
    throw new AddressError(
      'has ssl-mode=VERIFY_IDENTITY and an IP address as host: use the name that the certificate has, or VERIFY_CA',
    );
  }
  return {
    host,
    port: Number(url.port || 3306),
    database,
    username: decodePart(url.username, 'user'),
    password: decodePart(url.password, 'password'),
    ...(ssl && { ssl }),
    ...(parameters.has('socket') && { socketPath: parameters.get('socket') }),
  };
}

/** The address with a host where it has a user alone, as with a socket: `URL` takes none without a host. */
function withHost(text: string): string {
  return text.replace(/^(\w+:\/\/[^/?#]*@)(?=\/)/, '$1localhost');
}

/** The address as options of MySQL's command-line clients, but for the password and the database's name. */
export function clientOptions(text: string): string[] {
  const { host, port, username } = parseMysqlUrl(text);
  const parameters = new Map(new URL(withHost(text)).searchParams);
  const where = parameters.has('socket') ? [] : [`--host=${host}`, `--port=${port}`];
  return [...where, ...[...parameters].map(([name, value]) => `--${name}=${value}`), `--user=${username}`];
}

/** A value in a client's option file. */
const optionValue = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/**
 * The address as an option file of MySQL's or MariaDB's command-line clients, with the password.
 * @param options.isMariadb whether they are MariaDB's: they compare names wherever they verify a certificate
 */
export function clientSettings(text: string, { isMariadb }: { isMariadb: boolean }): string {
  const { host, port, username, password, socketPath } = parseMysqlUrl(text);
  const parameters = new Map(new URL(withHost(text)).searchParams);
  const mode = parameters.get('ssl-mode')?.toUpperCase() ?? 'DISABLED';
  const { encrypted, chain } = MODES[mode] as (typeof MODES)[string];
  const files = ['ssl-ca', 'ssl-cert', 'ssl-key'].flatMap((name) => {
    const file = parameters.get(name);
    return file === undefined ? [] : [`${name}=${optionValue(file)}`];
  });
  return [
    '[client]',
    `user=${optionValue(username)}`,
    `password=${optionValue(password)}`,
    ...(socketPath === undefined
      ? [`host=${optionValue(host)}`, `port=${port}`, 'protocol=tcp']
      : [`socket=${optionValue(socketPath)}`]),
    ...(isMariadb
      ? [`ssl=${Number(encrypted)}`, `ssl-verify-server-cert=${Number(chain)}`]
      : [`ssl-mode=${mode}`]),
    ...files,
    '',
  ].join('\n');
}

function tlsOf(parameters: Map<string, string>): { ssl?: Tls } {
  const files = ['ssl-ca', 'ssl-cert', 'ssl-key'].filter((name) => parameters.has(name));
  const given = parameters.get('ssl-mode');
  const mode = MODES[given?.toUpperCase() ?? 'DISABLED'];
  if (!mode)
    throw new AddressError(`has ssl-mode=${given}, which must be one of ${Object.keys(MODES).join(', ')}`);
  if (!mode.encrypted && files.length > 0) {
    throw new AddressError(`has ${files.join(', ')} without encryption: add ssl-mode=VERIFY_IDENTITY`);
  }
  if (!mode.chain && parameters.has('ssl-ca')) {
    throw new AddressError(
      'has ssl-ca, which ssl-mode=REQUIRED does not look at: take VERIFY_CA or VERIFY_IDENTITY',
    );
  }
  if (parameters.has('ssl-cert') !== parameters.has('ssl-key')) {
    throw new AddressError('needs both of ssl-cert and ssl-key, or neither');
  }
  if (!mode.encrypted) return {};
  const read = (name: string) => {
    const file = parameters.get(name);
    if (file === undefined) return undefined;
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new AddressError(`names a file in ${name} that cannot be read: ${(error as Error).message}`);
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
