import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Makes a root of its own in a mount namespace that ends with the process: this machine's programs, the image's /app,
 * all of it read-only but for an empty /tmp. Arguments: an empty folder, the folder of /app, UID:GID, and what env takes.
 */
const SETUP = `
set -e
root=$1; app=$2; user=$3; shift 3
mount -t tmpfs -o mode=755 tmpfs "$root"
for name in bin sbin lib lib32 lib64 usr etc opt dev proc; do
  if [ -L "/$name" ]; then cp -P "/$name" "$root/"; continue; fi
  [ -d "/$name" ] || continue
  mkdir "$root/$name"
  mount --rbind "/$name" "$root/$name"
  mount -o remount,bind,ro "$root/$name"
done
mkdir "$root/app" "$root/data" "$root/tmp"
mount --bind "$app" "$root/app"
mount -o remount,bind,ro "$root/app"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -o remount,ro "$root"
exec chroot --groups= --userspec="$user" "$root" /usr/bin/env -i -C /app "$@"
`;

/** Why there can be no sandbox here; empty where there can. */
export function whyNoSandbox() {
  if (process.getuid() !== 0) return 'only root makes a read-only root';
  if (!/^\/(usr|opt)\//.test(process.execPath)) return `${process.execPath} lies outside /usr and /opt`;
  const { status } = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']);
  return status === 0 ? '' : 'this machine lets nobody mount (unshare --mount)';
}

/**
 * Runs a command in a sandbox.
 * @param {{ app: string, user: { uid: number, gid: number }, environment: Record<string, string> }} inside
 * @param {string[]} command
 * @returns its process, whose id is that of the command itself
 */
export function startInside({ app, user, environment }, command) {
  const root = mkdtempSync(join(tmpdir(), 'marquee-root-'));
  const variables = Object.entries({ PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, ...environment });
  const assigned = variables.map(([name, value]) => `${name}=${value}`);
  const args = [root, app, `${user.uid}:${user.gid}`, ...assigned, ...command];
  const child = spawn('unshare', ['--mount', 'sh', '-c', SETUP, 'sh', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.once('exit', () => rmdirSync(root));
  return child;
}

/**
 * Runs a command in a sandbox to its end.
 * @returns its output
 * @throws {Error} where it fails
 */
export async function runInside(inside, command) {
  const child = startInside(inside, command);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${output}`);
  return output;
}
