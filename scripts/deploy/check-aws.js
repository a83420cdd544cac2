import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build.js';
import { checkPlace } from './check-place.js';

const FOLDER = join(ROOT, 'deploy', 'aws');
const INSTALLED = join(FOLDER, 'node_modules', '.package-lock.json');

/** Runs npm in deploy/aws. Gives its output where it fails. */
function faultsOfNpm(...args) {
  const { status, stdout, stderr, error } = spawnSync('npm', args, { cwd: FOLDER, encoding: 'utf8' });
  if (error) return [error.message];
  return status === 0 ? [] : [`npm ${args[0]}:\n${stdout}${stderr}`];
}

/** Whether deploy/aws/node_modules is that of the lock file. */
function isInstalled() {
  const lock = join(FOLDER, 'package-lock.json');
  return existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(lock).mtimeMs;
}

/** Synthesises the stack and runs its assertions. Installs the CDK first, without install scripts: 250 MB. */
export function checkAws() {
  const faults = checkPlace('aws');
  if (!isInstalled()) faults.push(...faultsOfNpm('ci', '--ignore-scripts', '--no-audit', '--no-fund'));
  return faults.length > 0 ? faults : faultsOfNpm('test');
}
