import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { ROOT } from '../../src/project-root.js';
import { eventually, freePort } from '../support/processes.js';
import { startRedis, stopRedis, tellRedis } from '../support/redis.js';
import { skip } from '../support/skip.js';
import { DatabaseServer } from './database-server.js';
import { type Marquee, populate, startApi, startMarquee } from './marquee.js';
import { needServers } from './requirements.js';

const PROMTOOL = process.env.PROMTOOL || 'promtool';
/** Metrics that alerts ask for. The others would make promtool slow. */
const ASKED = /^(http_request|marquee_|database_pool|nodejs_eventloop_lag_p99|process_start)/;

function isInstalled(): boolean {
  try {
    execFileSync(PROMTOOL, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What `/metrics` said at one time: the value of each series. */
type Scrape = Map<string, string>;

async function scrape(url: string): Promise<Scrape> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => ASKED.test(line));
  return new Map(
    lines.map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      return [`${name}{${labels === '' ? '' : `${labels},`}job="marquee",instance="a"}`, value];
    }),
  );
}

/**
 * The alerts that fire where Prometheus has seen these scrapes, a minute apart, the last of them for ten minutes.
 * @throws what promtool says where it is another set
 */
async function expectAlerts(scrapes: Scrape[], alerts: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-alerts-'));
  const names = new Set(scrapes.flatMap((seen) => [...seen.keys()]));
  const values = (series: string) => {
    const seen = scrapes.map((one) => one.get(series) ?? '_');
    return [...seen, ...Array<string>(10).fill(seen.at(-1) as string)].join(' ');
  };
  try {
    copyFileSync(join(ROOT, 'deploy/prometheus/alerts.yaml'), join(folder, 'alerts.yaml'));
    const up = { series: 'up{job="marquee",instance="a"}', values: '1x20' };
    const test = {
      rule_files: ['alerts.yaml'],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: [up, ...[...names].map((series) => ({ series, values: values(series) }))],
          promql_expr_test: [
            {
              expr: `count by (alertname) (ALERTS{alertstate="firing", alertname=~"${alerts.join('|')}"})`,
              eval_time: `${scrapes.length + 2}m`,
              exp_samples: alerts.map((alertname) => ({ labels: `{alertname="${alertname}"}`, value: 1 })),
            },
          ],
        },
      ],
    };
    writeFileSync(join(folder, 'test.yaml'), stringify(test));
    await promisify(execFile)(PROMTOOL, ['test', 'rules', 'test.yaml'], { cwd: folder });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    expect.fail(`${stdout}${stderr}` || String(error));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The value of a metric without labels of its own. */
const valueOf = (seen: Scrape, metric: string) => seen.get(`${metric}{job="marquee",instance="a"}`);

/** How many requests clients have given up on. */
const abortedIn = (seen: Scrape) =>
  [...seen].reduce(
    (sum, [name, value]) => (name.startsWith('http_requests_aborted_total') ? sum + Number(value) : sum),
    0,
  );

describe('alerts in a real outage', function alerts() {
  this.timeout(120_000);
  let database: DatabaseServer;
  let marquee: Marquee | undefined;

  before(async function serversOrSkip() {
    await needServers(this);
    if (!isInstalled()) skip(this, 'promtool is not installed: Debian’s package prometheus has it');
    database = await (await DatabaseServer.create()).start();
    await populate(database, 1);
  });
  afterEach(() => marquee?.stop());
  after(() => database?.close());

  it('a frozen database, of which clients tire, is not ready and unavailable', async () => {
    marquee = await startApi({
      DATABASE_URL: database.url,
      CACHE_SECONDS: '0',
      DATABASE_TIMEOUT_SECONDS: '15',
    });
    const { url } = marquee;
    const read = () =>
      fetch(`${url}/watch/watchlist/1/`, { signal: AbortSignal.timeout(1_500) }).then(
        ({ status }) => status,
        () => 0,
      );
    const readTen = () => Promise.all(Array.from({ length: 10 }, read));
    // The first one waits for what each process loads.
    expect((await fetch(`${url}/watch/watchlist/1/`)).status).to.equal(200);
    await readTen();
    const scrapes = [await scrape(url)];
    await database.pause();
    try {
      for (let minute = 0; minute < 2; minute += 1) {
        expect(await readTen()).to.deep.equal(Array(10).fill(0));
        // The server hears of a client that has gone a moment after it.
        scrapes.push(
          await eventually(marquee.started, async () => {
            const seen = await scrape(url);
            return abortedIn(seen) >= 10 * (minute + 1) ? seen : undefined;
          }),
        );
      }
    } finally {
      database.resume();
    }
    await expectAlerts(scrapes, ['MarqueeNotReady', 'MarqueeUnavailable']);
  });

  it('a Redis that is full counts as away', async function full() {
    const port = await freePort();
    const redis = await startRedis(port);
    if (!redis) return skip(this, 'redis-server is not installed');
    try {
      marquee = await startApi({ DATABASE_URL: database.url, REDIS_URL: `redis://127.0.0.1:${port}` });
      const { url, started } = marquee;
      const seenWith = (ready: '0' | '1') =>
        eventually(started, async () => {
          // A request that is counted meets what Redis answers.
          expect((await fetch(`${url}/watch/watchlist/1/`)).status).to.equal(200);
          const seen = await scrape(url);
          return valueOf(seen, 'marquee_redis_ready') === ready ? seen : undefined;
        });
      const scrapes = [await seenWith('1')];
      await tellRedis(port, ['CONFIG', 'SET', 'maxmemory', '1']);
      scrapes.push(await seenWith('0'));
      await expectAlerts(scrapes, ['MarqueeRedisAway']);
    } finally {
      await stopRedis(redis);
    }
  });

  it('a killed worker is told', async () => {
    marquee = await startMarquee({ DATABASE_URL: database.url, WEB_CONCURRENCY: '2' });
    const { url, started } = marquee;
    const pids = () =>
      started
        .output()
        .split('\n')
        .flatMap((line) =>
          line.includes('Marquee serves') ? [(JSON.parse(line) as { pid: number }).pid] : [],
        );
    const scrapes = [await scrape(url)];
    process.kill(pids()[0] as number, 'SIGKILL');
    scrapes.push(
      await eventually(started, async () => {
        const seen = await scrape(url);
        return valueOf(seen, 'marquee_worker_deaths_total') === '1' ? seen : undefined;
      }),
    );
    await expectAlerts(scrapes, ['MarqueeWorkerDied']);
  });
});
