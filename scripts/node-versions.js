// The Node.js versions that Marquee is tested on, from tools/node/, which its first use installs:
//   node scripts/node-versions.js run 24 npm test   runs a command with that version
//   node scripts/node-versions.js round 22 26       starts Marquee on each and sends a round of requests
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './build.js';
import { ensureBuilt } from './ensure-built.js';
import { round } from './round.js';

const FOLDER = join(ROOT, 'tools', 'node');

/** The folder with a version's `node`; null where there is none for this machine. */
function binOf(version) {
  const bin = join(FOLDER, 'node_modules', `node-${version}`, 'bin');
  if (!existsSync(join(FOLDER, 'node_modules'))) {
    const options = { cwd: FOLDER, stdio: ['ignore', 2, 2] };
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
  }
  return existsSync(join(bin, 'node')) ? bin : null;
}

const passOver = (version) =>
  console.log(
    `Node.js ${version} is passed over: tools/node/ has none for ${process.platform} ${process.arch}`,
  );

function run(version, [command, ...args]) {
  const bin = binOf(version);
  if (!bin) {
    passOver(version);
    return;
  }
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env });
  child.once('error', (error) => {
    console.error(`${command} cannot be run: ${error.message}`);
    process.exitCode = 127;
  });
  child.once('close', (status) => {
    process.exitCode ??= status ?? 1;
  });
}

async function rounds(versions) {
  ensureBuilt();
  for (const version of versions) {
    const bin = binOf(version);
    if (bin) console.log(await round(join(bin, 'node')));
    else passOver(version);
  }
}

const [task, ...rest] = process.argv.slice(2);
if (task === 'run' && rest.length > 1) run(rest[0], rest.slice(1));
else if (task === 'round' && rest.length > 0) await rounds(rest);
else {
  console.error('Usage: node scripts/node-versions.js run VERSION COMMAND …, or round VERSION …');
  process.exitCode = 2;
}
