// node scripts/rehearse-image.js [PORT]: runs the Dockerfile's steps without Docker, in a clean folder. It takes minutes,
// since it installs everything. Each stage is a folder, with `/app`, `/data` and `/media` as folders in it. The program
// runs as another user if this one is root. The script waits for the health check, requests a list, stops the program as
// Docker does, and reports times and sizes.
// Then it plays the start of each place in deploy/, on a read-only disk: where it is root, and REHEARSE_DATABASE_URL names a
// MySQL database, whose name the databases of the places begin with. REHEARSE_REDIS_URL adds Redis.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ROOT } from './build.js';
import { PLACES } from './deploy/places.js';
import { rehearsePlace } from './deploy/rehearse-place.js';
import { whyNoSandbox } from './deploy/sandbox.js';

const PORT = process.argv[2] ?? '3999';
const HEALTHY_WITHIN_MS = 60_000;

/** The instructions as [keyword, rest], without comments and with continued lines joined. */
const instructions = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter(Boolean)
  .map((line) => /^(\w+)\s+(.*)$/.exec(line).slice(1));

/** The build context: `.dockerignore` excludes `*` and then lists the exceptions. */
const context = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1));

const work = mkdtempSync(join(tmpdir(), 'marquee-image-'));
chmodSync(work, 0o755);
const durations = [];
const stages = {};
let stage;

function idsOf(user) {
  return ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' })));
}

/** The uid and gid of the image's account; those of `nobody` if this machine has no such account. */
function accountFor(name) {
  try {
    return idsOf(name);
  } catch {
    return idsOf('nobody');
  }
}

/** Rewrites the image's paths in a text to the stage's folder. */
const within = (text) => text.replace(/(?<![\w./])\/(app|data|media)\b/g, (path) => stage.root + path);

function copy(rest) {
  const [, from, paths] = /^(?:--from=(\w+) )?(.*)$/.exec(rest);
  const names = paths.split(' ');
  const target = names.pop();
  for (const name of names) {
    if (from) {
      cpSync(stages[from].root + name, join(stage.cwd, target), {
        recursive: true,
        preserveTimestamps: true,
      });
    } else if (name === '.') {
      for (const item of context) cpSync(join(ROOT, item), join(stage.cwd, item), { recursive: true });
    } else {
      if (!context.includes(name.split('/')[0])) throw new Error(`.dockerignore leaves ${name} out`);
      const folder = statSync(join(ROOT, name)).isDirectory();
      const destination = folder ? join(stage.cwd, target) : join(stage.cwd, target, basename(name));
      mkdirSync(dirname(destination), { recursive: true });
      cpSync(join(ROOT, name), destination, { recursive: true });
    }
  }
}

const follow = {
  ARG: () => {},
  EXPOSE: () => {},
  FROM: (rest) => {
    const name = / AS (\w+)$/.exec(rest)?.[1] ?? 'final';
    const root = join(work, name);
    mkdirSync(root);
    stage = { root, cwd: root, env: {} };
    stages[name] = stage;
  },
  WORKDIR: (rest) => {
    stage.cwd = within(rest);
    mkdirSync(stage.cwd, { recursive: true });
  },
  ENV: (rest) => {
    for (const pair of rest.split(' '))
      stage.env[pair.split('=')[0]] = within(pair.slice(pair.indexOf('=') + 1));
  },
  COPY: copy,
  RUN: (rest) => {
    const owned = rest.replace(/\bchown (\w+):\w+/, (_match, name) => `chown ${accountFor(name).join(':')}`);
    execFileSync('sh', ['-c', within(owned)], {
      cwd: stage.cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...stage.env },
    });
  },
  USER: (rest) => {
    const [uid, gid] = accountFor(rest);
    stage.user = process.getuid() === 0 ? { uid, gid } : {};
  },
  HEALTHCHECK: (rest) => {
    stage.healthcheck = JSON.parse(rest.slice(rest.indexOf('CMD ') + 4));
  },
  CMD: (rest) => {
    stage.command = JSON.parse(rest);
  },
};

async function startAndStop() {
  const options = {
    cwd: stage.cwd,
    ...stage.user,
    env: {
      PATH: process.env.PATH,
      ...stage.env,
      HOST: '127.0.0.1',
      PORT,
      PUBLIC_URL: `http://127.0.0.1:${PORT}`,
    },
  };
  const started = performance.now();
  const [program, ...args] = stage.command;
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  const healthy = () =>
    spawnSync(stage.healthcheck[0], stage.healthcheck.slice(1), { ...options, timeout: 3_000 }).status === 0;
  try {
    while (!healthy()) {
      if (child.exitCode !== null || performance.now() - started > HEALTHY_WITHIN_MS) {
        throw new Error('The program did not become healthy');
      }
    }
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    const owner = statSync(`/proc/${child.pid}`).uid;
    const answer = await fetch(`http://127.0.0.1:${PORT}/watch/watchlist/?page_size=1`);
    const { count } = await answer.json();
    const page = await fetch(`http://127.0.0.1:${PORT}/admin/login`);
    const site = await fetch(`http://127.0.0.1:${PORT}/`);
    const style = /href="(\/assets\/site\.[^"]+)"/.exec(await site.text())?.[1];
    const styled = style && (await fetch(`http://127.0.0.1:${PORT}${style}`));
    const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1];
    console.log(`healthy after ${seconds} s as user ${owner}; ${count} movies, HTTP ${answer.status}`);
    console.log(`site: HTTP ${site.status}, its styles ${styled?.status}`);
    console.log(`admin panel: HTTP ${page.status}; memory ${Math.round(memory / 1_024)} MB`);
    if (!answer.ok || !page.ok || !site.ok || !styled?.ok || !(count > 0))
      throw new Error('The program does not serve');
  } finally {
    child.kill('SIGTERM');
  }
  const code = await ended;
  console.log(`stopped by SIGTERM: exit status ${code}`);
  if (code !== 0) throw new Error('The program did not stop in order');
}

async function playPlaces() {
  const { REHEARSE_DATABASE_URL: database, REHEARSE_REDIS_URL: redis } = process.env;
  const reason = database ? whyNoSandbox() : 'REHEARSE_DATABASE_URL names no MySQL database';
  if (reason !== '') return console.log(`The places in deploy/ were passed over: ${reason}.`);
  const image = { app: join(stage.root, 'app'), user: stage.user };
  for (const place of Object.values(PLACES))
    console.log(await rehearsePlace(place(), image, { database, redis }));
}

try {
  for (const [keyword, rest] of instructions) {
    const start = performance.now();
    follow[keyword](rest);
    const seconds = (performance.now() - start) / 1_000;
    if (seconds >= 1) durations.push(`${seconds.toFixed(0)} s  ${keyword} ${rest.slice(0, 80)}`);
  }
  console.log(durations.join('\n'));
  const [size] = execFileSync('du', ['-sm', join(stage.root, 'app')], { encoding: 'utf8' }).split('\t');
  console.log(`final stage without its base: ${size} MB`);
  await startAndStop();
  await playPlaces();
} finally {
  rmSync(work, { recursive: true, force: true });
}
