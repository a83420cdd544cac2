import { expect } from 'chai';
import { AuditEntry } from '../../src/audit/audit-entry.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel, startPanel } from '../support/panel.js';

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '%5f_proto__',
];

/** Fields of JSON that AdminJS would look up, or walk. */
const FIELDS: Record<string, string> = {
  'a prototype': '{"__proto__": {"x": 1}, "name": "n"}',
  'a path into a prototype': '{"__proto__.x": 1}',
  'a path into a constructor': '{"constructor.prototype.x": 1, "constructor": 1, "toString": "x"}',
  lists: '{"name": ["a"], "about": [], "website": [["b"]], "id": ["1"]}',
  objects: '{"name": {"a": 1}, "about": {"toString": 1}, "website": {"constructor": {"isBuffer": 1}}}',
  numbers: '{"name": 1e308, "about": -1, "website": true}',
  nulls: '{"name": null, "about": null, "website": null}',
  'odd texts':
    '{"name": "__FORM_VALUE_EMPTY_OBJECT__", "about": "__FORM_VALUE_NULL__", "website": "__FORM_VALUE_EMPTY_ARRAY__"}',
  'times that are none': '{"created": {}, "date_joined": "never", "last_login": [1]}',
};

const QUERIES = [
  'filters.__proto__=x', 'filters[__proto__]=x', 'filters.__proto__=a&filters.__proto__=b', 'filters.__proto__.x=1',
  'filters.constructor=x', 'filters.constructor.prototype.x=1', 'filters.toString=x', 'filters=x', 'filters=x&filters=y',
  'filters.title=a&filters.title=b', 'filters.title[]=a', 'filters.title.0=a', 'filters.title.4294967294=a', 'filters.id~~from=a',
  'filters.created~~from=never', `filters.${'a.'.repeat(4_000)}a=1`, `filters.title~~${'from~~'.repeat(1_000)}=1`,
  'page=-1', 'page=0', 'page=1e9', 'page=1e308', 'page=99999999999', 'page=x', 'page=1&page=2', 'perPage=1e9', 'perPage=-1',
  'perPage=0', 'perPage=x', 'perPage=101', 'sortBy=__proto__', 'sortBy=constructor', 'sortBy=password', 'sortBy=a&sortBy=b',
  'direction=up', 'direction=__proto__', 'direction[]=asc', 'searchProperty=__proto__', 'searchProperty=password',
  '__proto__=1', '__proto__.x=1', 'constructor.prototype.x=1', 'a'.repeat(8_000), 'a&'.repeat(4_000), 'a.b.c&'.repeat(1_300),
]; // prettier-ignore

/** Where there is no list, filters and pages are not read: every fourth stands for them all. */
const FEWER_QUERIES = QUERIES.filter((_, index) => index % 4 === 0);

const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1).join();

describe('hostile input to the panel', () => {
  let panel: Server;
  let client: PanelClient;
  before(async () => {
    panel = await sharedPanel();
  });
  beforeEach(async () => {
    client = await PanelClient.loggedIn(panel, await makeMember('admin'));
  });

  const post = (path: string, body: string, type = 'application/json') =>
    client.fetch(`/admin/api/resources/${path}`, { method: 'POST', body, headers: { 'content-type': type } });

  it('by a name that every object has is a plain 404', async () => {
    const review = await makeReview();
    for (const name of NAMES) {
      for (const path of [
        `resources/reviews/actions/${name}`,
        `resources/reviews/records/${review.id}/${name}`,
        `resources/reviews/records/${review.id}%2F${name}/show`,
        `resources/reviews/bulk/${name}?recordIds=${review.id}`,
        `resources/${name}/actions/list`,
        `resources/${name}/records/1/show`,
        `resources/reviews/${name}/list`,
        `pages/${name}`,
      ]) {
        for (const method of ['GET', 'POST']) {
          const response = await client.fetch(`/admin/api/${path}`, { method });
          expect(response.status, `${method} ${path}`).to.equal(404);
        }
      }
      expect((await client.fetch(`/admin/export/${name}/csv`)).status, name).to.equal(404);
      expect((await client.fetch(`/admin/export/reviews/${name}`)).status, name).to.equal(404);
      expect((await client.fetch(`/admin/resources/${name}`)).status, name).to.equal(200);
      expect((await client.read(`reviews/records/${name}/show`)).status, name).to.be.oneOf([200, 403, 404]);
    }
    const { id: one } = review;
    for (const id of [`0x${one}`, `${one}e0`, `${one}.0`, `+${one}`, `%20${one}`, `0${one}`]) {
      const { body } = await client.read(`reviews/records/${id}/show`);
      expect([body.record?.params.id, body.notice?.type], id).to.deep.equal([undefined, 'error']);
    }
    for (const path of ['search', 'search/x', 'resources/reviews/search', 'resources/reviews/search/x'])
      expect((await client.fetch(`/admin/api/${path}`)).status, path).to.equal(404);
  });

  for (const [kind, body] of Object.entries(FIELDS)) {
    it(`in a form, of ${kind}, is ignored or a fault at a field`, async () => {
      const platform = await makePlatform();
      const before = platform.toJSON();
      const user = await makeMember('user');
      for (const path of [
        `stream_platforms/records/${platform.id}/edit`,
        'stream_platforms/actions/new',
        `users/records/${user.id}/edit`,
        'users/actions/new',
        'watch_lists/actions/new',
        'reviews/actions/new',
      ]) {
        const response = await post(path, body);
        expect(response.status, path).to.be.oneOf([200, 400]);
        const answer = (await response.json()) as { notice?: { type: string } };
        expect(answer.notice?.type, path).to.be.oneOf(['success', 'error']);
      }
      expect(((await platform.reload()).toJSON() as { id: number }).id).to.equal(
        (before as { id: number }).id,
      );
      expect(Reflect.get({}, 'x')).to.equal(undefined);
    });
  }

  it('in a form that is none is refused', async () => {
    const { id } = await makePlatform();
    const path = `stream_platforms/records/${id}/edit`;
    for (const body of ['[]', '1', '"x"', 'null', '{', '[[{}]]'])
      expect((await post(path, body)).status, body).to.equal(400);
    expect((await post(path, '<a/>', 'text/xml')).status).to.equal(415);
    expect((await post(path, 'x', 'multipart/form-data')).status).to.equal(400);
    expect((await post(path, `{"name": "${'x'.repeat(110_000)}"}`)).status).to.equal(413);
  });

  for (const path of [
    'api/resources/reviews/actions/list',
    'api/resources/watch_lists/actions/list',
    'api/resources/users/actions/search/x',
    'api/resources/watch_lists/actions/search/x',
    'api/resources/reviews/records/ID/show',
    'api/dashboard',
    'export/reviews/json',
  ])
    it(`in a query of ${path} is ignored, or refused where a filter cannot be read`, async () => {
      const { id } = await makeReview();
      for (const query of path.endsWith('/list') ? QUERIES : FEWER_QUERIES) {
        const response = await client.fetch(`/admin/${path.replace('ID', String(id))}?${query}`);
        const statuses = /~~from=(?:a|never)$/.test(query) ? [200, 400] : [200];
        expect(response.status, query.slice(0, 200)).to.be.oneOf(statuses);
        await response.text();
      }
    });

  it('counts a parameter as it came last', async () => {
    await makeMovie({ title: 'Alpha' });
    await makeMovie({ title: 'Beta' });
    const { body } = await client.read('watch_lists/actions/list?filters.title=alpha&filters.title=beta');
    expect(body.records?.map(({ params }) => params.title)).to.deep.equal(['Beta']);
  });

  it('lists no more than 100 records at once, and skips none', async () => {
    await makeMovie();
    for (const perPage of ['101', '1e9', '1000000000', '-1']) {
      const { body } = await client.read(`watch_lists/actions/list?perPage=${perPage}&page=1`);
      expect(body.meta, perPage).to.include({ page: 1, total: 1 });
      expect((body.meta as { perPage?: number }).perPage, perPage).to.be.at.most(100);
    }
  });

  it('selects no more records than a list shows', async () => {
    const { id } = await makeMovie();
    const act = (recordIds: string) => client.send(`watch_lists/bulk/bulkDelete?recordIds=${recordIds}`);
    expect((await act(ids(101))).status).to.equal(400);
    expect((await act('')).status).to.equal(400);
    expect((await act('x,__proto__')).status).to.equal(404);
    expect((await client.fetch('/admin/resources/watch_lists/bulk/bulkDelete')).status).to.equal(303);
    expect((await act(`${id},,${id},x`)).status).to.equal(200);
  });

  it('as a client address is no fault of an action', async () => {
    const behindProxy = await startPanel({ TRUST_PROXY: true });
    try {
      const admin = await PanelClient.loggedIn(behindProxy, await makeMember('admin'));
      const body = new URLSearchParams({
        name: 'Fresh',
        about: 'Films',
        website: 'https://fresh.example.org',
      });
      const headers = { 'x-forwarded-for': 'a'.repeat(300) };
      const path = '/admin/api/resources/stream_platforms/actions/new';
      const response = await admin.fetch(path, { method: 'POST', body, headers });
      expect(response.status).to.equal(200);
      expect(await StreamPlatform.count()).to.equal(1);
      const entry = await AuditEntry.findOne({ where: { resource: 'stream_platforms' } });
      expect(entry?.address).to.equal('unknown');
    } finally {
      await behindProxy.close();
    }
  });
});
