// `npm run check:deploy`: checks every deployment file with tools that need no container engine. A check whose tool is not
// installed is reported as skipped.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate as lintDockerfile } from 'dockerfile-utils';
import { parse } from 'yaml';
import { ROOT } from './build.js';
import { checkAws } from './deploy/check-aws.js';
import { checkPlace } from './deploy/check-place.js';

const require = createRequire(import.meta.url);
const scratch = mkdtempSync(join(tmpdir(), 'marquee-deploy-'));
const read = (...path) => readFileSync(join(ROOT, ...path), 'utf8');

/** Runs a tool. Gives its output and whether it succeeded; null if it is not installed. */
function run(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    ...options,
  });
  if (error) return null;
  return { ok: status === 0, text: `${stdout}${stderr}`.trim() };
}

/** Whether a tool, given as a program and its first arguments, is installed: it can print its version. */
function canRun([program, ...args]) {
  if (run(program, [...args, 'version'])?.ok) return true;
  // Without the plugin, `docker compose --version` prints Docker's own version.
  return args.length === 0 && Boolean(run(program, ['--version'])?.ok);
}

function faultsOf(outcome) {
  return outcome.ok ? [] : [outcome.text];
}

/** Lints the Dockerfile by the rules of Docker's language server, and by rules of this project. */
function checkDockerfile() {
  const text = read('Dockerfile');
  const faults = lintDockerfile(text).map(
    ({ message, range }) =>
      `line ${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
  );
  const last = text.slice(text.lastIndexOf('\nFROM '));
  const rules = [
    [/^USER (?!root)\w/m, 'the final stage must not run as root'],
    [/^HEALTHCHECK /m, 'the final stage needs a HEALTHCHECK'],
    [/^CMD \["node"/m, 'node must be the process that gets signals'],
  ];
  for (const [rule, fault] of rules) if (!rule.test(last)) faults.push(fault);
  if (/^ADD /m.test(text)) faults.push('COPY, not ADD');
  if (/^VOLUME /m.test(text)) faults.push('no VOLUME: Railway refuses to build it');
  if (/^FROM \S+(:latest)?$/m.test(text.replace(/ AS \w+/g, '').replace(/(FROM \S+:(?!latest)\S+)/g, '')))
    faults.push('every base image needs a tag');
  return faults;
}

/** Lints the image of backups, and its script. */
function checkBackupImage() {
  const text = read('deploy', 'backup', 'Dockerfile');
  const faults = lintDockerfile(text).map(({ message }) =>
    typeof message === 'string' ? message : message.value,
  );
  if (!/^USER (?!root)\w+\n(?:(?!USER )[^])*$/m.test(text)) faults.push('it must not run as root');
  if (!/^ARG IMAGE=\S+:\S+$/m.test(text)) faults.push('the base image needs a tag');
  return [...faults, ...faultsOf(run('sh', ['-n', 'deploy/backup/backup.sh']))];
}

/** Has Compose parse the file: it must accept it with every variable set, and refuse it without. */
function checkCompose() {
  const tool = [['docker', 'compose'], ['docker-compose']].find(canRun);
  if (!tool) return null;
  const example = read('deploy', 'compose', 'env.example');
  const [full, empty] = ['full.env', 'empty.env'].map((name) => join(scratch, name));
  writeFileSync(full, example.replace(/=$/gm, '=filled'));
  writeFileSync(empty, example);
  const [program, ...args] = tool;
  const config = (file) =>
    run(program, [...args, '--env-file', file, '-f', 'compose.yaml', '--profile', 'backup', 'config']);
  const faults = faultsOf(config(full));
  if (config(empty).ok) faults.push('it starts without passwords');
  return faults;
}

function checkCaddyfile() {
  const caddy = process.env.CADDY || 'caddy';
  const args = ['validate', '--adapter', 'caddyfile', '--config', 'deploy/compose/Caddyfile'];
  return canRun([caddy]) ? faultsOf(run(caddy, args)) : null;
}

function checkSystemd() {
  if (!canRun(['systemd-analyze'])) return null;
  const units = ['marquee.service', 'marquee-backup.service', 'marquee-backup.timer'].map((name) => {
    const unit = join(scratch, name);
    // systemd checks that the program exists.
    writeFileSync(unit, read('deploy', 'systemd', name).replace('/usr/bin/node', process.execPath));
    return unit;
  });
  const outcome = run('systemd-analyze', ['verify', ...units]);
  return outcome.ok && outcome.text === '' ? [] : [outcome.text];
}

/** Checks values by Kubernetes' schema, and names of fields by the compiler, since the schema allows unknown ones. */
function checkKubernetes() {
  const folder = join('deploy', 'kubernetes');
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.yaml'));
  const kustomization = parse(read(folder, 'kustomization.yaml'));
  const faults = [];
  const sources = [];
  for (const name of names.filter((file) => file !== 'kustomization.yaml')) {
    if (!kustomization.resources.includes(name)) faults.push(`kustomization.yaml lacks ${name}`);
    const manifest = parse(read(folder, name));
    const { apiVersion, kind } = manifest;
    const module = `kubernetes-models/${apiVersion}`;
    const model = require(module)[kind];
    if (!model) {
      faults.push(`${name}: ${apiVersion} has no ${kind}`);
      continue;
    }
    try {
      new model(manifest).validate();
    } catch (error) {
      faults.push(`${name}: ${error.message}`);
    }
    sources.push(
      `import type { I${kind} as Kind${sources.length} } from '${module}';\nexport const manifest${sources.length}: Kind${sources.length} = ${JSON.stringify(manifest, null, 1)};`,
    );
  }
  for (const name of kustomization.resources) if (!names.includes(name)) faults.push(`${name} is missing`);
  // In the project, so that the compiler finds the package.
  const file = join(ROOT, 'node_modules', '.cache', 'marquee', 'manifests.ts');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, sources.join('\n'));
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--types',
    '',
  ];
  return [...faults, ...faultsOf(run(process.execPath, [tsc, ...options, file]))];
}

function checkAlerts() {
  const promtool = process.env.PROMTOOL || 'promtool';
  if (!canRun([promtool])) return null;
  const folder = 'deploy/prometheus';
  return [
    ...faultsOf(run(promtool, ['check', 'rules', `${folder}/alerts.yaml`])),
    ...faultsOf(run(promtool, ['test', 'rules', `${folder}/alerts.test.yaml`])),
  ];
}

/** @type {[name: string, check: () => string[] | null, tool: string][]} */
const checks = [
  ['Dockerfile', checkDockerfile, ''],
  ['image of backups', checkBackupImage, ''],
  ['compose.yaml', checkCompose, 'docker compose or docker-compose'],
  ['Caddyfile', checkCaddyfile, 'caddy'],
  ['Kubernetes manifests', checkKubernetes, ''],
  ['settings on Kubernetes', () => checkPlace('kubernetes'), ''],
  ['Render', () => checkPlace('render'), ''],
  ['Railway', () => checkPlace('railway'), ''],
  ['Fly', () => checkPlace('fly'), ''],
  ['AWS', checkAws, ''],
  ['systemd unit', checkSystemd, 'systemd-analyze'],
  ['Prometheus alerts', checkAlerts, 'promtool'],
];

try {
  for (const [name, check, tool] of checks) {
    const faults = check();
    if (faults === null) console.log(`SKIPPED  ${name}: ${tool} is not installed`);
    else if (faults.length === 0) console.log(`ok       ${name}`);
    else {
      console.log(`WRONG    ${name}\n${faults.join('\n')}`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
