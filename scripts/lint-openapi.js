// `npm run lint:openapi`: lints the OpenAPI document. Redocly's and Spectral's rules must give no error and no warning, and
// every finding by OWASP's rules needs an answer in docs/openapi/owasp.md.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './build.js';
import { ensureTools, runTool, writeDocument } from './openapi-tools.js';

const CONFIG = join(ROOT, 'docs', 'openapi');
const RULESET = '@stoplight/spectral-owasp-ruleset/dist/ruleset.mjs';
const folder = mkdtempSync(join(tmpdir(), 'marquee-openapi-'));
const file = join(folder, 'openapi.json');

async function redocly() {
  const config = join(CONFIG, 'redocly.yaml');
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { output } = await runTool('redocly', ['lint', file, '--config', config, '--format', 'json'], quiet);
  const { problems } = JSON.parse(output.slice(output.indexOf('{')));
  return problems.map(({ severity, ruleId, message, location }) => {
    return `redocly: ${severity}: ${ruleId}: ${message} ${location[0]?.pointer ?? ''}`;
  });
}

async function spectral(ruleset) {
  const { output } = await runTool('spectral', [
    'lint', file, '--ruleset', ruleset, '--format', 'json', '--fail-severity', 'hint', '--quiet',
  ]); // prettier-ignore
  return JSON.parse(output);
}

const pointerOf = ({ path }) => (path[0] === 'paths' ? path[1] : `/${path.join('/')}`);

async function openApiRules() {
  const findings = await spectral(join(CONFIG, 'spectral.yaml'));
  return findings.map((finding) => `spectral: ${finding.code}: ${finding.message} ${pointerOf(finding)}`);
}

/** The answers in the table, by rule and place. */
function answers() {
  const rows = readFileSync(join(CONFIG, 'owasp.md'), 'utf8').split('## Answered')[1].split('\n');
  return rows
    .filter((row) => row.startsWith('| `owasp:'))
    .flatMap((row) => {
      const [, rule, where] = row.split('|').map((cell) => [...cell.matchAll(/`([^`]+)`/g)]);
      return where.map(([, place]) => ({ rule: rule[0][1], place, met: false }));
    });
}

async function owaspRules() {
  const ruleset = join(folder, 'owasp.yaml');
  writeFileSync(ruleset, `extends: ["${join(ROOT, 'tools', 'openapi', 'node_modules', RULESET)}"]\n`);
  const known = answers();
  const open = (await spectral(ruleset)).filter((finding) => {
    const at = pointerOf(finding);
    const answer = known.find(({ rule, place }) => {
      return rule === finding.code && (place === '*' || place === at || at.startsWith(`${place}/`));
    });
    if (answer) answer.met = true;
    return !answer;
  });
  return [
    ...open.map((finding) => `owasp: ${finding.code}: ${finding.message} ${finding.path.join('/')}`),
    ...known
      .filter(({ met }) => !met)
      .map(({ rule, place }) => `owasp: ${rule}: nothing is found at ${place}`),
  ];
}

try {
  ensureTools();
  writeDocument(file);
  const faults = (await Promise.all([redocly(), openApiRules(), owaspRules()])).flat();
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log('The OpenAPI document keeps the rules.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
