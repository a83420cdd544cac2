import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { ROOT } from '../build.js';
import { awsEnvironment, flyConfig, railwayConfig, renderBlueprint } from './schemas.js';

/**
 * A place that runs the image, as its files in deploy/ set it up.
 * @typedef {object} Place
 * @property {string} name
 * @property {Record<string, string>} environment the variables with their values
 * @property {string[]} secrets the variables whose values are not in the repository
 * @property {number} port where the place expects the program
 * @property {string[]} migrate the command that runs before a new version starts
 * @property {string} health the path that it checks
 * @property {number} stopSeconds from SIGTERM to SIGKILL
 * @property {number} forwarded how many addresses its proxies append to X-Forwarded-For
 */

const read = (...path) => readFileSync(join(ROOT, 'deploy', ...path), 'utf8');
const words = (command) => command.split(' ');

/** Reads NAME=VALUE lines. */
function variablesOf(text) {
  const lines = text.split('\n').filter((line) => /^[A-Z_]+=/.test(line));
  return lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
}

/** @returns {Place} */
function render() {
  const [web, ...others] = renderBlueprint.parse(parseYaml(read('render', 'render.yaml'))).services;
  const names = new Set(others.map(({ name }) => name));
  for (const { key, fromService } of web.envVars) {
    if (fromService && !names.has(fromService.name)) throw new Error(`${key} is of no service of the file`);
  }
  const valued = web.envVars.filter(({ value }) => value !== undefined);
  return {
    name: 'Render',
    environment: { ...Object.fromEntries(valued.map(({ key, value }) => [key, value])), PORT: '10000' },
    secrets: web.envVars.filter((variable) => !valued.includes(variable)).map(({ key }) => key),
    port: 10_000,
    migrate: words(web.preDeployCommand),
    health: web.healthCheckPath,
    stopSeconds: web.maxShutdownDelaySeconds,
    forwarded: 2,
  };
}

/** Whether the value of a variable of Railway's is yet to be filled in: by the operator, or by Railway. */
function isOpen([, value]) {
  return value === '' || value.includes('${{');
}

/** @returns {Place} */
function railway() {
  const { deploy } = railwayConfig.parse(JSON.parse(read('railway', 'railway.json')));
  const variables = variablesOf(read('railway', 'variables.env.example'));
  return {
    name: 'Railway',
    environment: { ...Object.fromEntries(variables.filter((one) => !isOpen(one))), PORT: '8081' },
    secrets: variables.filter(isOpen).map(([name]) => name),
    port: 8_081,
    migrate: words(deploy.preDeployCommand[0]),
    health: deploy.healthcheckPath,
    stopSeconds: Number(deploy.drainingSeconds),
    forwarded: 1,
  };
}

/** @returns {Place} */
function fly() {
  const toml = flyConfig.parse(parseToml(read('fly', 'fly.toml')));
  return {
    name: 'Fly',
    environment: toml.env,
    secrets: variablesOf(read('fly', 'secrets.env.example')).map(([name]) => name),
    port: toml.http_service.internal_port,
    migrate: words(toml.deploy.release_command),
    health: toml.http_service.checks[0].path,
    stopSeconds: toml.kill_timeout,
    forwarded: 2,
  };
}

/** @returns {Place} */
function aws() {
  const { environment, secrets, port, migrate, health, stopSeconds } = awsEnvironment.parse(
    JSON.parse(read('aws', 'environment.json')),
  );
  return {
    name: 'AWS',
    environment,
    // The stack's own: the address of the site is a parameter of it.
    secrets: [...secrets, 'PUBLIC_URL'],
    port,
    migrate,
    health,
    stopSeconds,
    forwarded: 1,
  };
}

/** @returns {Place} */
function kubernetes() {
  const [settings, deployment, job] = ['configmap', 'deployment', 'migration'].map((name) =>
    parseYaml(read('kubernetes', `${name}.yaml`)),
  );
  const { containers, terminationGracePeriodSeconds } = deployment.spec.template.spec;
  const [{ readinessProbe, lifecycle }] = containers;
  return {
    name: 'Kubernetes',
    environment: settings.data,
    secrets: variablesOf(read('kubernetes', 'secret.env.example')).map(([name]) => name),
    port: Number(settings.data.PORT),
    migrate: job.spec.template.spec.containers[0].command,
    health: readinessProbe.httpGet.path,
    stopSeconds: terminationGracePeriodSeconds - Number(lifecycle.preStop.exec.command[1]),
    forwarded: 1,
  };
}

/** The places by the name of their folder. Each throws where its file is not as the place wants it. */
export const PLACES = { render, railway, fly, aws, kubernetes };
