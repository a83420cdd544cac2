import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { ImportEvent, ImportReport } from '../../admin/import-export/import-events.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';

const PLATFORMS = 'name,about,website\nAurora,Films of the north,https://aurora.example/\n';
const MOVIES = 'id,title,storyline,platform\n';
const REVIEWS = 'username,watchlist,rating\n';
const BYTES = 4_990_000;
const FEWER_BYTES = 1_000_000;

type Files = Partial<Record<'platforms' | 'movies' | 'reviews', string>>;

/** Rows up to a size. */
function rows(header: string, row: (index: number) => string, bytes: number): string {
  const parts = [header];
  for (let index = 0, size = header.length; ; index += 1) {
    const text = row(index);
    size += text.length;
    if (size > bytes) return parts.join('');
    parts.push(text);
  }
}

/** What one may send that is refused at once, or passed over. */
const FILES: Record<string, { files: Files; says?: RegExp }> = {
  '800,000 empty lines': { files: { platforms: PLATFORMS + '\n'.repeat(800_000) } },
  '5 MB of empty lines': { files: { platforms: `${PLATFORMS}${'\r\n'.repeat(2_450_000)}` } },
  '5 MB in one quoted field': {
    files: { platforms: `${PLATFORMS}"${'x'.repeat(BYTES - 100)}"` },
    says: /over 1000000 characters/,
  },
  '5 MB of quotes': {
    files: { platforms: PLATFORMS + '"'.repeat(BYTES - 100) },
    says: /over 1000000/,
  },
  '5 MB without a line break': { files: { platforms: 'x'.repeat(BYTES) }, says: /over 1000000/ },
  '5 MB of commas': { files: { platforms: ','.repeat(BYTES) }, says: /over 1000000/ },
};

/** The processor time that checking one of them may take, in seconds. */
const SECONDS = 2;

/** What is read line by line, of a size in bytes. */
const LINES: Record<string, { filesOf: (bytes: number) => Files; says?: RegExp }> = {
  'lines with one letter': {
    filesOf: (bytes) => ({ platforms: `${PLATFORMS}${'x\n'.repeat(bytes / 2)}` }),
    says: /1 field where the header has 3/,
  },
  movies: {
    filesOf: (bytes) => ({
      platforms: PLATFORMS,
      movies: rows(MOVIES, (index) => `${index},t${index},s,Aurora\n`, bytes),
    }),
  },
  'movies on platforms that do not exist': {
    filesOf: (bytes) => ({ movies: rows(MOVIES, (index) => `${index},t,s,p${index}\n`, bytes) }),
    says: /there is no platform/,
  },
  'reviews of movies that do not exist': {
    filesOf: (bytes) => ({ reviews: rows(REVIEWS, (index) => `u${index},${index + 1},5\n`, bytes) }),
    says: /there is no movie/,
  },
};

/** How many times as long four times as much may take: lines whose time grows with their square take 16 times. */
const GROWTH = 8;

/** Asks again and again until a signal; gives how often it was answered. */
async function answersOf(url: string, signal: AbortSignal): Promise<number> {
  let answers = 0;
  for (; !signal.aborted; answers += 1) {
    expect((await fetch(url)).status).to.equal(200);
    await sleep(20);
  }
  return answers;
}

/** Counts the turns of the event loop, of at least a millisecond, until a signal. */
async function turnsOf(signal: AbortSignal): Promise<number> {
  let turns = 0;
  for (; !signal.aborted; turns += 1) await sleep(1);
  return turns;
}

/** The fewest turns of the event loop for a second of processor time. Read in one go, such a file took 25 s in one. */
const TURNS = 4;

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

  /** Checks files, and other requests meanwhile; gives the processor time in seconds. */
  const spent = async (files: Files, says?: RegExp): Promise<number> => {
    const over = new AbortController();
    const before = process.cpuUsage();
    const others = Promise.all([turnsOf(over.signal), answersOf(`${panel.url}/healthz`, over.signal)]);
    const { faults } = await check(files);
    const { user, system } = process.cpuUsage(before);
    over.abort();
    const [turns, answers] = await others;
    const seconds = (user + system) / 1e6;
    if (says) expect(faults.first.at(-1)?.text).to.match(says);
    else expect(faults.count).to.equal(0);
    expect(turns, 'turns of the event loop').to.be.above(TURNS * seconds);
    expect(answers, 'answers to others').to.be.above(Math.floor(seconds));
    return seconds;
  };

  for (const [kind, { files, says }] of Object.entries(FILES)) {
    it(`of ${kind} is bounded, and other requests are answered meanwhile`, async () => {
      // Warmed up, so that no compilation counts.
      await check({ platforms: PLATFORMS });
      expect(await spent(files, says), 'processor time').to.be.below(SECONDS);
    });
  }

  for (const [kind, { filesOf, says }] of Object.entries(LINES)) {
    it(`of 1 MB of ${kind} takes time that grows with the lines, and other requests are answered meanwhile`, async () => {
      await check(filesOf(FEWER_BYTES / 40));
      const quarter = await spent(filesOf(FEWER_BYTES / 4), says);
      expect(await spent(filesOf(FEWER_BYTES), says), 'processor time').to.be.below(GROWTH * quarter);
    });
  }
});
