// Installs MySQL's server and its client programs for the tests, without root and beside what the machine has: Debian's stable suite has only
// MariaDB. The packages come from the unstable suite of the machine's own Debian mirror and are unpacked into a cache folder.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const PACKAGES = ['mysql-server-core', 'mysql-client-core'];
const SUITE = 'sid';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** How long apt may take for a step, in milliseconds. */
const PATIENCE_MS = 5 * 60_000;

/** Where the programs are kept. Remove it to get the newest ones. */
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'marquee', 'mysql');

/**
 * Installs the programs if they are not yet in the cache.
 * @returns the path of a program that is used like `mysqld`; `mysql` and `mysqldump` are beside it
 * @throws {Error} whose message is why it cannot be installed here
 */
export function installMysql() {
  const program = join(CACHE, 'mysqld');
  if (existsSync(program)) return program;
  const mirror = mirrorOfDebian();
  if (!existsSync(KEYRING)) throw new Error(`${KEYRING} is missing: install debian-archive-keyring`);
  mkdirSync(join(CACHE, '..'), { recursive: true });
  const work = mkdtempSync(`${CACHE}-`);
  try {
    for (const file of download(mirror, join(work, 'apt'))) {
      execFileSync('dpkg-deb', ['-x', file, join(work, 'root')]);
    }
    rmSync(join(work, 'apt'), { recursive: true });
    writeLaunchers(work);
    // Another process may have been faster.
    if (!existsSync(program)) renameSync(work, CACHE);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return program;
}

/** The mirror that the machine takes Debian's packages from. */
function mirrorOfDebian() {
  let addresses = '';
  try {
    const wanted = ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'];
    addresses = execFileSync('apt-get', wanted, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    throw new Error('apt-get is missing: this needs Debian');
  }
  const mirror = addresses.split('\n').find((address) => /\/debian\/?$/.test(address));
  if (!mirror) throw new Error('apt knows no mirror of Debian');
  return mirror;
}

/** Downloads the server and the libraries that it needs. Gives the files. */
function download(mirror, folder) {
  for (const name of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(folder, name), { recursive: true });
  const sources = join(folder, 'sources.list');
  writeFileSync(sources, `deb [signed-by=${KEYRING}] ${mirror} ${SUITE} main\n`);
  writeFileSync(join(folder, 'status'), '');
  const options = {
    'Dir::Etc::SourceList': sources,
    'Dir::Etc::SourceParts': '-',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::State': folder,
    'Dir::State::Lists': join(folder, 'lists'),
    // As if nothing were installed, so that every library comes along, the C library too.
    'Dir::State::Status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'APT::Sandbox::User': '',
    'APT::Install-Recommends': 'false',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    // A mirror may be a frozen copy. The signature is checked all the same.
    'Acquire::Check-Valid-Until': 'false',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const apt = (...args) => {
    try {
      execFileSync('apt-get', ['-qq', ...flags, ...args], {
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: PATIENCE_MS,
      });
    } catch (error) {
      const said = String(error.stderr || error.message).trim();
      throw new Error(`apt-get ${args[0]}: ${said}`, { cause: error });
    }
  };
  apt('update');
  apt('install', '--yes', '--download-only', ...PACKAGES);
  const archives = join(folder, 'cache/archives');
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(archives, name));
}

/** Writes scripts that run the programs with their own loader and libraries, which are newer than the machine's. */
function writeLaunchers(folder) {
  const root = join(folder, 'root');
  const names = readdirSync(join(root, 'usr/lib'), { encoding: 'utf8', recursive: true });
  const loader = names.find((name) => /^[^/]+\/ld-linux-[^/]+$/.test(name));
  if (!loader) throw new Error(`the packages have no loader for ${process.arch}`);
  const write = (program, options = '') => {
    const script = `#!/bin/sh
root=$(dirname "$0")/root
exec "$root/usr/lib/${loader}" --library-path "$root/usr/lib/${dirname(loader)}" "$root/usr/${program}" "$@"${options}
`;
    writeFileSync(join(folder, basename(program)), script, { mode: 0o755 });
  };
  write(
    'sbin/mysqld',
    ` \\
  --basedir="$root/usr" --lc-messages-dir="$root/usr/share/mysql" --plugin-dir="$root/usr/lib/mysql/plugin"`,
  );
  write('bin/mysql');
  write('bin/mysqldump');
}
