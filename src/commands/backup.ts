import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientOptions } from '../addresses/database.js';
import { BackupError, backUp } from '../database/backup.js';
import { config } from '../config.js';
import { connectionOptions, databaseFile } from '../database/connection-options.js';
import { print } from './output.js';
import { CommandError, run, UsageError } from './run.js';

const USAGE = `Usage: npm run backup -- FILE [--overwrite]

  Copies the embedded database to FILE while the server runs. With MySQL it says what to run instead.

  --overwrite  replaces FILE where it exists`;

await run(USAGE, async (args) => {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { overwrite: { type: 'boolean', default: false } },
  });
  const [file, ...others] = positionals;
  if (!file || others.length > 0) throw new UsageError('Name one file to write');
  if (file === '-') throw new UsageError('A backup is a file: it cannot go to standard output');
  if (databaseFile === null) throw new CommandError(dumpAdvice(file));
  process.on('SIGINT', exit).on('SIGTERM', exit);
  try {
    await backUp(databaseFile, file, { overwrite: values.overwrite });
  } catch (error) {
    if (error instanceof BackupError || isFileError(error)) throw new CommandError(error.message);
    throw error;
  } finally {
    process.off('SIGINT', exit).off('SIGTERM', exit);
  }
  print(`${databaseFile} is copied to ${file}; the copy is whole.`);
  const secrets = join(dirname(databaseFile), 'secrets.json');
  if (existsSync(secrets) && !(config.SESSION_SECRET && config.JWT_SECRET?.length)) {
    print(`It does not hold the secrets that sign logins: keep a copy of ${secrets} too, in a safe place.`);
  }
  const media = join(dirname(databaseFile), 'media');
  if (config.MEDIA_URL === undefined && existsSync(media)) {
    print(`It does not hold the posters: keep a copy of ${media} too.`);
  }
  return 0;
});

/** Ends the process in order, which removes the unfinished copy. */
function exit(): never {
  process.exit(1);
}

/** The commands that save and restore a MySQL database. The client prompts for the password. */
function dumpAdvice(file: string): string {
  const { database } = connectionOptions as { database: string };
  const where = [...clientOptions(config.DATABASE_URL), '--password', database].map(quoted).join(' ');
  return [
    'This command copies the embedded database. A MySQL or MariaDB database is saved, at one moment, by',
    `  mysqldump --single-transaction --quick --hex-blob --no-tablespaces --default-character-set=utf8mb4 \\`,
    `    ${where} > ${quoted(file)}`,
    '(mariadb-dump takes the same options, but for --ssl-mode: it has --ssl and --ssl-verify-server-cert) and restored,',
    'into an empty database, by',
    `  mysql --default-character-set=utf8mb4 ${where} < ${quoted(file)}`,
  ].join('\n');
}

/** A word as a shell reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Whether the system or SQLite refused the file, such as for a full disk or a folder without write permission. */
function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^(E[A-Z]+|SQLITE_[A-Z]+)$/.test(String(error.code));
}
