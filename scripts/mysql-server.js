// node scripts/mysql-server.js [--if-possible] [COMMAND …]: starts a MySQL server of its own for tests, on a free port and in
// memory, and stops it at the end. COMMAND runs with the server's address added to TEST_DATABASE_URL, with MYSQLD, the
// program for tests that start servers themselves, and with MySQL's own client programs before others. Without COMMAND the server runs until Ctrl-C. Where MySQL cannot be
// installed this fails; with --if-possible it says so and ends with status 0. --install only installs MySQL.
import { writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { installMysql } from './servers/mysql-programs.js';

const [option] = process.argv.slice(2);
const isOptional = option === '--if-possible';
const command = process.argv.slice(isOptional ? 3 : 2);

/** What `startServer` is told of MySQL. */
function kindOf(program, asRoot) {
  return {
    name: 'MySQL',
    program,
    initialize: (data, fast) => [program, '--no-defaults', data, ...asRoot, ...fast, '--initialize-insecure'],
    options(folder) {
      // Names are not resolved, and root is only of localhost.
      const file = join(folder, 'first.sql');
      writeFileSync(
        file,
        "CREATE USER IF NOT EXISTS root@'127.0.0.1'; GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;",
      );
      return [
        `--init-file=${file}`,
        '--innodb-redo-log-capacity=256M',
        '--mysqlx=OFF',
        '--secure-file-priv=NULL',
      ];
    },
  };
}

let program;
try {
  program = installMysql();
} catch (error) {
  console.log(`MySQL is passed over, since it cannot be installed here: ${error.message}`);
}
if (!program) {
  process.exitCode = isOptional ? 0 : 1;
} else if (option !== '--install') {
  // Not needed to install MySQL, and not there before `npm ci`.
  const { AS_ROOT, startServer } = await import('./servers/start.js');
  const { runBeside } = await import('./servers/run-beside.js');
  await runBeside('MySQL', () => startServer(kindOf(program, AS_ROOT)), command, {
    MYSQLD: program,
    PATH: `${dirname(program)}${delimiter}${process.env.PATH}`,
  });
}
