import { expect } from 'chai';
import type { ImportEvent } from '../../admin/import-export/import-events.js';
import { Review } from '../../src/models/review.js';
import type { User } from '../../src/models/user.js';
import { makeMovie, makePlatform } from '../support/factories.js';
import { withProcess } from '../support/processes.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';

const EDGES = [
  '2026-02-02T23:59:59.999Z',
  '2026-02-03T00:00:00.000Z',
  '2026-02-03T23:59:59.999Z',
  '2026-02-04T00:00:00.000Z',
];

/** Makes an admin, and movies whose times lie at the edges of a day. */
async function makeTitles(): Promise<User> {
  const platform = await makePlatform();
  for (const [index, title] of ['before', 'first', 'last', 'after'].entries()) {
    await makeMovie({ title, platform_id: platform.id, created: new Date(EDGES[index] as string) });
  }
  return makeMember('admin');
}

/** Expects lists to filter by days in UTC, and imports reviews. */
async function expectUtc(client: PanelClient): Promise<void> {
  const listed = async (query: string) => {
    const response = await fetch(`${client.panel.url}/watch/watchlist/?ordering=created&${query}`);
    return ((await response.json()) as { results: { title: string }[] }).results.map(({ title }) => title);
  };
  expect(await listed('created__gte=2026-02-03&created__lte=2026-02-03T23:59:59.999')).to.deep.equal([
    'first',
    'last',
  ]);
  expect(await listed('created__gte=2026-02-03T23:59:59.999')).to.deep.equal(['last', 'after']);

  const list = await client.read(
    'watch_lists/actions/list?sortBy=created&direction=asc&filters.created~~from=2026-02-03&filters.created~~to=2026-02-03',
  );
  expect(list.body.records?.map(({ params }) => params.title)).to.deep.equal(['first', 'last']);

  const body = new FormData();
  const files = {
    platforms: 'name,about,website\nAurora,Films.,https://aurora.example/\n',
    movies: 'id,title,storyline,platform\n1,Ordet,A word.,Aurora\n',
    reviews: 'username,watchlist,rating,created\nana,1,5,2025-09-28T02:30\nbob,1,4,2025-09-28\n',
  };
  for (const [name, text] of Object.entries(files)) body.set(name, new Blob([text]), `${name}.csv`);
  const sent = await client.fetch('/admin/import/write', { method: 'POST', body });
  const last = JSON.parse((await sent.text()).trimEnd().split('\n').at(-1) as string) as ImportEvent;
  expect(last).to.have.nested.property('report.written', true);
}

/** Expects the imported times to be those of the file, in UTC. */
async function expectImported(): Promise<void> {
  const reviews = await Review.findAll({ order: [['rating', 'DESC']] });
  expect(reviews.map(({ created }) => created.toISOString())).to.deep.equal([
    '2025-09-28T02:30:00.000Z',
    '2025-09-28T00:00:00.000Z',
  ]);
}

describe('a process in another time zone', function () {
  this.timeout(120_000);

  it('reads days and times as UTC, in the API, the panel and its imports', async () => {
    const { username } = await makeTitles();
    await withProcess({ TZ: 'Pacific/Auckland', TEST_PANEL: 'on' }, async ({ url }) => {
      // Another process: without SESSION_SECRET it signs with a key of its own on MySQL.
      const client = new PanelClient({ url, close: async () => {} });
      expect((await client.logIn(username)).status).to.equal(303);
      await expectUtc(client);
    });
    await expectImported();
  });

  it('does so in a zone whose offset is no whole hour', async () => {
    const { TZ } = process.env;
    const user = await makeTitles();
    try {
      // Node reads the zone anew when it is assigned.
      process.env.TZ = 'America/St_Johns';
      expect(new Date(EDGES[0] as string).getHours()).to.equal(20);
      await expectUtc(await PanelClient.loggedIn(await sharedPanel(), user));
      await expectImported();
    } finally {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    }
  });
});
