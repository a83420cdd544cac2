import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { ImportEvent, ImportReport } from '../../admin/import-export/import-events.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';

const PLATFORMS = 'name,about,website\nAurora,Films of the north,https://aurora.example/\n';
const MOVIES = 'id,title,storyline,platform\n';
const REVIEWS = 'username,watchlist,rating\n';
const BYTES = 4_990_000;
/** Enough to tell lines whose time grows with their square, of which 5 MB would take the tests half a minute. */
const FEWER_BYTES = 1_000_000;

type Files = Partial<Record<'platforms' | 'movies' | 'reviews', string>>;

/** Rows up to a size. */
function rows(header: string, row: (index: number) => string): string {
  const parts = [header];
  for (let index = 0, size = header.length; ; index += 1) {
    const text = row(index);
    size += text.length;
    if (size > FEWER_BYTES) return parts.join('');
    parts.push(text);
  }
}

/** What one may send, and the processor time that checking it may take, in seconds. */
const FILES: Record<string, { files: Files; seconds: number; says?: RegExp }> = {
  '800,000 empty lines': { files: { platforms: PLATFORMS + '\n'.repeat(800_000) }, seconds: 2 },
  '5 MB of empty lines': { files: { platforms: `${PLATFORMS}${'\r\n'.repeat(2_450_000)}` }, seconds: 2 },
  '5 MB in one quoted field': {
    files: { platforms: `${PLATFORMS}"${'x'.repeat(BYTES - 100)}"` },
    seconds: 2,
    says: /over 1000000 characters/,
  },
  '5 MB of quotes': {
    files: { platforms: PLATFORMS + '"'.repeat(BYTES - 100) },
    seconds: 2,
    says: /over 1000000/,
  },
  '5 MB without a line break': { files: { platforms: 'x'.repeat(BYTES) }, seconds: 2, says: /over 1000000/ },
  '5 MB of commas': { files: { platforms: ','.repeat(BYTES) }, seconds: 2, says: /over 1000000/ },
  '1 MB of lines with one letter': {
    files: { platforms: `${PLATFORMS}${'x\n'.repeat(FEWER_BYTES / 2)}` },
    seconds: 2,
    says: /1 field where the header has 3/,
  },
  '1 MB of movies': {
    files: { platforms: PLATFORMS, movies: rows(MOVIES, (index) => `${index},t${index},s,Aurora\n`) },
    seconds: 4,
  },
  '1 MB of movies on platforms that do not exist': {
    files: { movies: rows(MOVIES, (index) => `${index},t,s,p${index}\n`) },
    seconds: 4,
    says: /there is no platform/,
  },
  '1 MB of reviews of movies that do not exist': {
    files: { reviews: rows(REVIEWS, (index) => `u${index},${index + 1},5\n`) },
    seconds: 4,
    says: /there is no movie/,
  },
};

/** Asks again and again, and gives how long each answer took, in milliseconds. */
async function timesOf(url: string, signal: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  while (!signal.aborted) {
    const start = performance.now();
    expect((await fetch(url)).status).to.equal(200);
    times.push(performance.now() - start);
    await sleep(20);
  }
  return times;
}

describe('admin panel: a large import', function () {
  this.timeout(180_000);
  let panel: Server;
  let admin: PanelClient;
  before(async () => {
    panel = await sharedPanel();
  });
  beforeEach(async () => {
    admin = await PanelClient.loggedIn(panel, await makeMember('admin', 'ada'));
  });

  const check = async (files: Files): Promise<ImportReport> => {
    const body = new FormData();
    for (const [name, text] of Object.entries(files)) body.set(name, new Blob([text]), `${name}.csv`);
    const response = await admin.fetch('/admin/import/check', { method: 'POST', body });
    const last = JSON.parse((await response.text()).trimEnd().split('\n').at(-1) as string) as ImportEvent;
    if (!('report' in last)) throw new Error(`No report, but ${JSON.stringify(last)}`);
    return last.report;
  };

  for (const [kind, { files, seconds, says }] of Object.entries(FILES)) {
    it(`of ${kind} is bounded, and other requests are answered meanwhile`, async () => {
      // Warmed up, so that no compilation counts.
      await check({ platforms: PLATFORMS });
      const delay = monitorEventLoopDelay({ resolution: 5 });
      const before = process.cpuUsage();
      delay.enable();
      const others = new AbortController();
      const answered = timesOf(`${panel.url}/healthz`, others.signal);
      const { faults } = await check(files);
      others.abort();
      const times = (await answered).toSorted((one, other) => one - other);
      delay.disable();
      const { user, system } = process.cpuUsage(before);
      if (says) expect(faults.first.at(-1)?.text).to.match(says);
      else expect(faults.count).to.equal(0);
      expect((user + system) / 1e6, 'processor time').to.be.below(seconds);
      // Generous, as the clock also counts other processes' turns. Read in one go, such a file took 25 s.
      expect(delay.percentile(99) / 1e6, 'event loop').to.be.below(1_000);
      expect(times[Math.floor(times.length * 0.9)], '/healthz').to.be.below(1_000);
    });
  }
});
