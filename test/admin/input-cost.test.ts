import { expect } from 'chai';
import { makeMovie, makePlatform } from '../support/factories.js';
import { cpuOf } from '../support/processor-time.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';

/** The processor time that any request to the panel may cost, in milliseconds. */
const MOST_MS = 400;

const fill = (piece: string) => piece.repeat(Math.floor(102_000 / piece.length));
const names = (count: number, prefix = 'f') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 1]));
const nested = (depth: number, value: unknown): unknown =>
  depth === 0 ? value : { ['k'.repeat(200)]: nested(depth - 1, value) };

describe('the processor time of the panel for', () => {
  let panel: Server;
  let client: PanelClient;
  before(async () => {
    panel = await sharedPanel();
  });
  beforeEach(async () => {
    client = await PanelClient.loggedIn(panel, await makeMember('admin'));
  });

  const bodies: Record<string, [type: string, body: string]> = {
    'unknown names': ['application/json', JSON.stringify(names(7_000))],
    'nested names': ['application/json', JSON.stringify(names(6_000, 'name.'))],
    'a wide value': ['application/json', JSON.stringify({ name: names(7_000) })],
    'a wide and deep value': ['application/json', JSON.stringify({ name: nested(90, names(5_000)) })],
    'a long list': ['application/json', `{"name": [${fill('1,')}1]}`],
    'a form of one name': ['application/x-www-form-urlencoded', fill('name&')],
    'a form of many names': ['application/x-www-form-urlencoded', Object.keys(names(13_000)).join('&')],
    'a long text': ['application/json', JSON.stringify({ name: fill('a.'), website: 'x' })],
  };
  for (const [kind, [type, body]] of Object.entries(bodies)) {
    it(`a body of ${kind} is bounded`, async () => {
      const { id } = await makePlatform();
      for (const path of [`records/${id}/edit`, 'actions/new']) {
        let status = 0;
        const spent = await cpuOf(async () => {
          const init = { method: 'POST', body, headers: { 'content-type': type } };
          const response = await client.fetch(`/admin/api/resources/stream_platforms/${path}`, init);
          await response.text();
          ({ status } = response);
        });
        expect(spent, path).to.be.below(MOST_MS);
        expect(status, path).to.be.oneOf([200, 400]);
      }
    });
  }

  it('30 odd queries at once is bounded', async () => {
    const { id } = await makeMovie();
    const queries = [
      `filters.${'a.'.repeat(3_500)}a=1`,
      Array.from({ length: 900 }, (_, index) => `filters.f${index}=1`).join('&'),
      'filters.title=a&'.repeat(450),
      `filters.search=${'a+'.repeat(3_500)}`,
      `filters.title=${'a'.repeat(7_000)}`,
      `recordIds=${'1,'.repeat(3_500)}`,
    ];
    const spent = await cpuOf(() =>
      Promise.all(
        Array.from({ length: 30 }, async (_, index) => {
          const query = queries[index % queries.length];
          const path = index % 2 ? 'watch_lists/actions/list' : `watch_lists/records/${id}/show`;
          expect((await client.read(`${path}?${query}`)).status).to.equal(200);
        }),
      ),
    );
    expect(spent / 30).to.be.below(MOST_MS);
  });
});
