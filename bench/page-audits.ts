import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../src/project-root.js';
import { median } from './load.js';
import { PAGE_SCENARIOS, pathAt } from './page-scenarios.js';
import { type Section, table } from './report.js';
import type { Server } from './server-process.js';

const RUNS = 5;
const GOAL = 98;

/** What `scripts/lighthouse.js` prints. */
export interface Audited {
  url: string;
  scores: Record<string, number>;
  /** The audits that cost points, in words. */
  failed: string[];
  milliseconds: Record<'fcp' | 'lcp' | 'tbt' | 'cls', number>;
}

/** What to audit. */
export interface AuditRequest {
  pages: { url: string; skip?: string[] }[];
  categories: string[];
  runs?: number;
}

/** Audits pages with Lighthouse, which must be installed. */
export async function auditPages(request: AuditRequest): Promise<Audited[]> {
  const script = join(ROOT, 'scripts', 'lighthouse.js');
  const child = spawn(process.execPath, [script, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`Lighthouse ended with status ${status}`);
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Audited);
}

/** Measures the pages' performance as a phone sees it, medians of five. */
export async function pageAudits({ url }: Server): Promise<Section> {
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: join(ROOT, 'tools', 'lighthouse'),
    stdio: ['ignore', 2, 2],
  });
  const pages = await Promise.all(
    PAGE_SCENARIOS.map(async ({ page }) => ({ url: url + (await pathAt(url, page)) })),
  );
  const audited = await auditPages({ pages, categories: ['performance'], runs: RUNS });
  const lines = table(['page', 'performance', 'FCP ms', 'LCP ms', 'TBT ms', 'CLS', 'goal']);
  for (const [at, page] of pages.entries()) {
    const runs = audited.filter((one) => one.url === page.url);
    const score = median(runs.map(({ scores }) => scores.performance ?? 0));
    const of = (name: keyof Audited['milliseconds']) =>
      median(runs.map(({ milliseconds }) => milliseconds[name]));
    const name = PAGE_SCENARIOS[at]?.name ?? '';
    lines.push(
      ...table(null, [
        [
          name,
          score,
          Math.round(of('fcp')),
          Math.round(of('lcp')),
          Math.round(of('tbt')),
          of('cls').toFixed(3),
          `${score >= GOAL ? '✓' : '✗'} ≥ ${GOAL}`,
        ],
      ]),
    );
  }
  return {
    title: 'Pages by Lighthouse',
    lines: [
      ...lines,
      '',
      `Lighthouse ${versionOf()} as a phone with a slow network and processor, as shipped, medians of ${RUNS}.`,
    ],
  };
}

function versionOf(): string {
  const text = execFileSync('npm', ['pkg', 'get', 'devDependencies.lighthouse'], {
    cwd: join(ROOT, 'tools', 'lighthouse'),
    encoding: 'utf8',
  });
  return JSON.parse(text) as string;
}
