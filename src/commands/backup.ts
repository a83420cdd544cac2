import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { QueryTypes } from 'sequelize';
import { clientOptions, type MysqlAddress } from '../addresses/database.js';
import { BackupError, backUp } from '../database/backup.js';
import { config } from '../config.js';
import { recordBackup } from '../database/backup-record.js';
import { connectionOptions, databaseFile, primaryAddress } from '../database/connection-options.js';
import { sequelize } from '../database/database.js';
import { canDump, dump } from '../database/dump.js';
import { isDiskFull, refusalIn } from '../database/refusals.js';
import { print } from './output.js';
import { CommandError, run, UsageError } from './run.js';
import { verifyBackup } from './verify-backup.js';

const USAGE = `Usage: npm run backup -- FILE [--overwrite]
       npm run backup -- --verify FILE

  Copies the database to FILE while the server runs: the embedded one as a file, MySQL and MariaDB as a dump by mariadb-dump or
  mysqldump, the server's own one, compressed where FILE ends in .gz.

  --overwrite  replaces FILE where it exists
  --verify     restores FILE beside the database, compares its ratings with its reviews, and removes it; exit status 1 where
               they differ. MySQL's user needs the right to create databases`;

await run(USAGE, async (args) => {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      overwrite: { type: 'boolean', default: false },
      verify: { type: 'boolean', default: false },
    },
  });
  const [file, ...others] = positionals;
  if (!file || others.length > 0) throw new UsageError('Name one file');
  if (file === '-') throw new UsageError('A backup is a file: it cannot go to standard output');
  if (values.verify && values.overwrite) throw new UsageError('--verify writes no file');
  if (databaseFile === null && !canDump()) throw new CommandError(dumpAdvice(file));
  const interruption = new AbortController();
  const interrupt = () => {
    // What a verification has restored is dropped by the server, which takes a moment. A second signal does not wait.
    if (!values.verify || interruption.signal.aborted) exit();
    interruption.abort(new CommandError('Interrupted: what was restored is removed again'));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, interrupt);
  try {
    if (values.verify) return await verifyBackup(file, interruption.signal);
    await save(file, values.overwrite);
  } catch (error) {
    if (isDiskFull(error) || refusalIn(error)) throw error;
    if (error instanceof BackupError || isFileError(error)) throw new CommandError(error.message);
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
  return 0;
});

async function save(file: string, overwrite: boolean): Promise<void> {
  if (databaseFile === null) {
    const { database } = primaryAddress as MysqlAddress;
    const isMariadb = await isOnMariadb();
    await dump({ url: config.DATABASE_URL, database, isMariadb }, file, { overwrite });
    print(`${database} is dumped to ${file}; the dump is whole.`);
  } else {
    await backUp(databaseFile, file, { overwrite });
    print(`${databaseFile} is copied to ${file}; the copy is whole.`);
    tellWhatIsMissing(databaseFile);
  }
  await recordBackup().catch((error: Error) =>
    print(`The time of this backup could not be noted, so that an alert may come: ${error.message}`),
  );
}

/** Whether the server is MariaDB, and not MySQL. */
async function isOnMariadb(): Promise<boolean> {
  const [row] = await sequelize.query<{ version: string }>('SELECT VERSION() AS version', {
    type: QueryTypes.SELECT,
  });
  return /mariadb/i.test(row?.version ?? '');
}

/** Tells what lies beside the embedded database and is not in its copy. */
function tellWhatIsMissing(own: string): void {
  const secrets = join(dirname(own), 'secrets.json');
  if (existsSync(secrets) && !(config.SESSION_SECRET && config.JWT_SECRET?.length)) {
    print(`It does not hold the secrets that sign logins: keep a copy of ${secrets} too, in a safe place.`);
  }
  const media = join(dirname(own), 'media');
  if (config.MEDIA_URL === undefined && existsSync(media)) {
    print(`It does not hold the posters: keep a copy of ${media} too.`);
  }
}

/** Ends the process in order, which removes the unfinished copy. */
function exit(): never {
  process.exit(1);
}

/** The commands that save and restore a MySQL database. The client prompts for the password. */
function dumpAdvice(file: string): string {
  const { database } = connectionOptions as { database: string };
  const where = [...clientOptions(config.DATABASE_URL), '--password', database].map(quoted).join(' ');
  return [
    'Neither mariadb-dump nor mysqldump is installed here. Where one is, the database is saved, at one moment, by',
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
