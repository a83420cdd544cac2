// Audits pages with Lighthouse, from tools/lighthouse, in the Chromium that `CHROMIUM_PATH` names, or Debian's. It is given
// a JSON text: `{pages: [{url, skip}], categories, runs}`, where `skip` names audits, and prints a JSON line a run:
// `{url, scores, failed, milliseconds}`. Bench and tests run it as a process of its own, since Lighthouse changes globals.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ROOT } from './build.js';

const FOLDER = join(ROOT, 'tools', 'lighthouse');
const CORE = join(FOLDER, 'node_modules', 'lighthouse', 'core', 'index.js');
const START_MS = 30_000;
const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=en-GB',
  '--remote-debugging-port=0',
];
/** The times that are reported, in milliseconds; the layout shift has no unit. */
const METRICS = {
  'first-contentful-paint': 'fcp',
  'largest-contentful-paint': 'lcp',
  'total-blocking-time': 'tbt',
  'cumulative-layout-shift': 'cls',
};

/** Whether the tools are installed. */
export const hasLighthouse = () => existsSync(CORE);

/** Installs the tools if they are missing, without install scripts, since none needs any. */
export function ensureLighthouse() {
  if (hasLighthouse()) return;
  const options = { cwd: FOLDER, stdio: ['ignore', 2, 2] };
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
}

/** Starts a browser. Gives the port of its protocol. */
async function startBrowser(profile) {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = spawn(path, [...ARGUMENTS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: 'ignore',
  });
  const file = join(profile, 'DevToolsActivePort');
  const until = Date.now() + START_MS;
  while (!existsSync(file) || !readFileSync(file, 'utf8').includes('\n')) {
    if (Date.now() > until || browser.exitCode !== null) throw new Error(`${path} does not start`);
    await sleep(50);
  }
  return { browser, port: Number(readFileSync(file, 'utf8').split('\n')[0]) };
}

/** The audits that cost a category points. */
function failedOf({ categories, audits }) {
  return Object.values(categories).flatMap(({ id, auditRefs }) =>
    auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
      .map((ref) => {
        const { title, displayValue = '', details } = audits[ref.id];
        const items = (details?.items ?? [])
          .slice(0, 3)
          .map((item) => item.node?.snippet ?? item.description);
        return [id, ref.id, title, displayValue, ...items].filter(Boolean).join(': ');
      }),
  );
}

async function audit({ pages, categories, runs = 1 }) {
  const { default: lighthouse } = await import(pathToFileURL(CORE).href);
  const profile = mkdtempSync(join(tmpdir(), 'marquee-lighthouse-'));
  const { browser, port } = await startBrowser(profile);
  try {
    for (let run = 0; run < runs; run += 1) {
      for (const { url, skip = [] } of pages) {
        const flags = { port, logLevel: 'error', onlyCategories: categories, skipAudits: skip };
        const { lhr } = await lighthouse(url, flags);
        if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
        const scores = Object.fromEntries(
          Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(100 * score)]),
        );
        const milliseconds = Object.fromEntries(
          Object.entries(METRICS).map(([id, name]) => [name, lhr.audits[id]?.numericValue]),
        );
        console.log(JSON.stringify({ url, scores, failed: failedOf(lhr), milliseconds }));
      }
    }
  } finally {
    const ended = once(browser, 'exit');
    browser.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await audit(JSON.parse(process.argv[2]));
