// node scripts/mariadb-server.js [COMMAND …]: starts a server of the machine's MariaDB for tests, on a free port and in
// memory, and stops it at the end. COMMAND runs with the server's address added to TEST_DATABASE_URL. Without COMMAND the
// server runs until Ctrl-C. Tests take two thirds of the time that they take on a server that waits for a disk.
import { existsSync } from 'node:fs';
import { AS_ROOT, startServer } from './servers/start.js';
import { runBeside } from './servers/run-beside.js';

/** Debian's, which is not on every user's PATH. */
const SERVER = '/usr/sbin/mariadbd';

const MARIADB = {
  name: 'MariaDB',
  program: existsSync(SERVER) ? SERVER : 'mariadbd',
  initialize: (data) => [
    'mariadb-install-db',
    '--no-defaults',
    data,
    ...AS_ROOT,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ],
  // Debian's settings.
  options: () => ['--character-set-server=utf8mb4', '--collation-server=utf8mb4_general_ci'],
};

await runBeside('MariaDB', () => startServer(MARIADB), process.argv.slice(2));
