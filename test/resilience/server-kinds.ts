import { execFile, execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database/database.js';

/** A kind of server that tests can start. */
export interface Kind {
  name: 'MariaDB' | 'MySQL';
  program: string;
  /** Options for a small server that starts quickly. Commits survive the process, but not a power cut. */
  small: string[];
  /** The option that turns TLS off. */
  withoutTls: string;
  /** Makes the files of a new server, whose root has no password. */
  install(folder: string): Promise<unknown>;
  /** The reason why none can be started here; null where one can. */
  missing(): string | null;
}

/** The options of root, as whom a server runs only if it is told to. */
export function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

const SMALL = [
  '--innodb-buffer-pool-size=64M',
  '--innodb-flush-log-at-trx-commit=2',
  '--skip-name-resolve',
  '--performance-schema=0',
  '--max-connections=300',
];

const MARIADB: Kind = {
  name: 'MariaDB',
  program: 'mariadbd',
  small: [...SMALL, '--innodb-log-file-size=32M'],
  withoutTls: '--skip-ssl',
  install: (folder) =>
    promisify(execFile)('mariadb-install-db', [
      '--no-defaults',
      `--datadir=${folder}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...asRoot(),
    ]),
  missing: () => {
    const missing = ['mariadbd', 'mariadb-install-db'].find((command) => helpOf(command) === null);
    return missing ? `${missing} is not installed` : null;
  },
};

const MYSQL: Kind = {
  name: 'MySQL',
  program: process.env.MYSQLD || 'mysqld',
  small: [...SMALL, '--skip-log-bin', '--skip-innodb-doublewrite', '--mysqlx=OFF', '--secure-file-priv=NULL'],
  withoutTls: '--tls-version=',
  install: async (folder) => {
    const first = `${folder}.sql`;
    await writeFile(
      first,
      "CREATE USER root@'127.0.0.1'; GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;\n",
    );
    await promisify(execFile)(MYSQL.program, [
      '--no-defaults',
      `--datadir=${folder}`,
      `--init-file=${first}`,
      '--initialize-insecure',
      ...asRoot(),
    ]);
  },
  // MariaDB's packages have a program of the same name.
  missing: () =>
    /mariadb/i.test(helpOf(MYSQL.program) ?? 'MariaDB')
      ? 'MySQL’s mysqld is not installed: node scripts/mysql-server.js npm test brings it'
      : null,
};

/** What a program says of itself; null where there is none. */
function helpOf(command: string): string | null {
  try {
    return execFileSync(command, ['--no-defaults', '--help'], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : '';
  }
}

let known: Promise<Kind> | undefined;

/** The kind of the server that the tests' own database is on. */
export function kindUnderTest(): Promise<Kind> {
  known ??= sequelize
    .query<{ version: string }>('SELECT VERSION() AS version', { type: QueryTypes.SELECT })
    .then(([row]) => (/mariadb/i.test(row?.version ?? '') ? MARIADB : MYSQL));
  return known;
}
