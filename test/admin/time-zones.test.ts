import { expect } from 'chai';
import type { ImportEvent } from '../../admin/import-export/import-events.js';
import { Review } from '../../src/models/review.js';
import { makeMovie, makePlatform } from '../support/factories.js';
import { withProcess } from '../support/processes.js';
import { makeMember, PanelClient } from '../support/panel.js';

const EDGES = [
  '2026-02-02T23:59:59.999Z',
  '2026-02-03T00:00:00.000Z',
  '2026-02-03T23:59:59.999Z',
  '2026-02-04T00:00:00.000Z',
];

describe('a process in another time zone', function () {
  this.timeout(120_000);

  for (const TZ of ['Pacific/Auckland', 'America/St_Johns']) {
    it(`reads days and times as UTC, in the API, the panel and its imports: ${TZ}`, async () => {
      const user = await makeMember('admin');
      const platform = await makePlatform();
      const titles = ['before', 'first', 'last', 'after'];
      for (const [index, title] of titles.entries()) {
        await makeMovie({ title, platform_id: platform.id, created: new Date(EDGES[index] as string) });
      }
      await withProcess({ TZ, TEST_PANEL: 'on' }, async ({ url }) => {
        const listed = async (query: string) => {
          const response = await fetch(`${url}/watch/watchlist/?ordering=created&${query}`);
          return ((await response.json()) as { results: { title: string }[] }).results.map(
            ({ title }) => title,
          );
        };
        expect(await listed('created__gte=2026-02-03&created__lte=2026-02-03T23:59:59.999')).to.deep.equal([
          'first',
          'last',
        ]);
        expect(await listed('created__gte=2026-02-03T23:59:59.999')).to.deep.equal(['last', 'after']);

        const client = await PanelClient.loggedIn({ url, close: async () => {} }, user);
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
      });
      const reviews = await Review.findAll({ order: [['rating', 'DESC']] });
      expect(reviews.map(({ created }) => created.toISOString())).to.deep.equal([
        '2025-09-28T02:30:00.000Z',
        '2025-09-28T00:00:00.000Z',
      ]);
    });
  }
});
