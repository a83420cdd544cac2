import { expect } from 'chai';
import { WatchList } from '../../src/models/watch-list.js';
import { indexMovies } from '../../src/search/indexing.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import { makeMember, PanelClient, staffClient } from '../support/panel.js';

/** Sends a body unchanged. */
function post(client: PanelClient, body: BodyInit, headers = {}): Promise<Response> {
  return client.fetch('/admin/api/resources/users/actions/new', { method: 'POST', body, headers });
}

describe('admin lists', () => {
  const client = staffClient('admin', 'zoe');
  beforeEach(async () => {
    const [one, two] = [await makePlatform({ name: 'One' }), await makePlatform({ name: 'Two' })];
    const up = await makeMovie({ title: 'Up', platform_id: one.id, created: new Date('2020-01-01') });
    const elan = await makeMovie({
      title: 'ÉLAN 100%',
      platform_id: two.id,
      created: new Date('2021-01-01'),
    });
    await makeMovie({
      title: 'the_end',
      active: false,
      platform_id: two.id,
      created: new Date('2022-01-01'),
    });
    await makeReview({
      watchlist_id: up.id,
      rating: 5,
      description: 'GROß und schön',
      user_id: (await makeMember('user', 'Anna')).id,
    });
    await makeReview({ watchlist_id: up.id, rating: 4, spoiler: true });
    await makeReview({ watchlist_id: elan.id, rating: 2, active: false });
  });

  const found = async (path: string, query: Record<string, string>, property: string) => {
    const { status, body } = await client.read(`${path}/actions/list?${new URLSearchParams(query)}`);
    expect(status).to.equal(200);
    const values = (body.records ?? []).map(({ params }) => params[property]);
    expect(body.meta?.total).to.be.at.least(values.length);
    return values;
  };
  const titles = (query: Record<string, string>) =>
    found('watch_lists', { sortBy: 'title', direction: 'asc', ...query }, 'title');

  /** How many movies lists show, and how many they have in all. */
  const totalsOf = async (queries: string[]) => {
    const lists = queries.map((query) => client.read(`watch_lists/actions/list?${query}`));
    return (await Promise.all(lists)).map(({ body }) => [body.records?.length, body.meta?.total]);
  };
  const totals = () =>
    totalsOf(
      ['up', 'wants someth', 'none', '!', 'wants&filters.active=true', 'wants&perPage=2'].map(
        (query) => `filters.search=${query}`,
      ),
    );

  it('search users and the audit log by a part of their texts', async () => {
    const users = (text: string) => found('users', { 'filters.search': text }, 'username');
    expect(await users('NNA@EXAMPLE')).to.deep.equal(['Anna']);
    expect(await users(' ann')).to.deep.equal(['Anna']);
    expect(await users('%')).to.deep.equal([]);
    const movie = await WatchList.findOne({ where: { title: 'Up' } });
    await client.send(`watch_lists/records/${movie?.id}/edit`, { title: 'Upper' });
    expect(await found('audit_log', { 'filters.search': 'pPe' }, 'record_title')).to.deep.equal(['Upper']);
    expect(await found('audit_log', { 'filters.search': 'ZO' }, 'record_title')).to.deep.equal(['Upper']);
    expect(await found('audit_log', { 'filters.search': 'nobody' }, 'record_title')).to.deep.equal([]);
  });

  it('filter texts by any part, in any letter case, without wildcards', async () => {
    expect(await titles({ 'filters.title': 'éla' })).to.deep.equal(['ÉLAN 100%']);
    expect(await titles({ 'filters.title': '%' })).to.deep.equal(['ÉLAN 100%']);
    expect(await titles({ 'filters.title': '_' })).to.deep.equal(['the_end']);
    expect(await titles({ 'filters.title': "'" })).to.deep.equal([]);
    expect(await titles({ 'filters.storyline': 'WANTS Something' })).to.have.length(3);
    expect(await found('users', { 'filters.email': 'ANNA@example.org' }, 'username')).to.deep.equal(['Anna']);
    expect(await found('reviews', { 'filters.description': 'schön' }, 'rating')).to.deep.equal([5]);
    expect(await found('reviews', { 'filters.description': 'groß' }, 'rating')).to.deep.equal([5]);
  });

  it('filter by numbers, ranges, dates, states and related records', async () => {
    expect(await titles({ 'filters.avg_rating~~from': '4', 'filters.avg_rating~~to': '4.5' })).to.deep.equal([
      'Up',
    ]);
    expect(await titles({ 'filters.number_rating': '0' })).to.deep.equal(['the_end', 'ÉLAN 100%']);
    expect(
      await titles({
        'filters.created~~from': '2020-06-01T00:00:00.000Z',
        'filters.created~~to': '2021-06-01',
      }),
    ).to.deep.equal(['ÉLAN 100%']);
    expect(await titles({ 'filters.active': 'false' })).to.deep.equal(['the_end']);
    const [id] = await found('stream_platforms', { 'filters.name': 'two' }, 'id');
    expect(await titles({ 'filters.platform_id': String(id) })).to.deep.equal(['the_end', 'ÉLAN 100%']);
    expect(await found('reviews', { 'filters.username': 'ANN' }, 'rating')).to.deep.equal([5]);
    expect(await found('reviews', { 'filters.spoiler': 'true' }, 'rating')).to.deep.equal([4]);
    expect(await found('reviews', { 'filters.rating': '2' }, 'active')).to.deep.equal([false]);
    expect(await found('users', { 'filters.role': 'admin' }, 'username')).to.deep.equal(['zoe']);
    expect(await found('users', { 'filters.role': 'adm' }, 'username')).to.deep.equal([]);
  });

  it('filter by days in UTC, the last day included, whatever the time zone', async () => {
    const between = (from: string, to: string) =>
      titles({ 'filters.created~~from': from, 'filters.created~~to': to });
    await WatchList.update(
      { created: new Date('2021-01-01T23:59:59.999Z') },
      { where: { title: 'ÉLAN 100%' } },
    );
    expect(await between('2021-01-01', '2021-01-01')).to.deep.equal(['ÉLAN 100%']);
    expect(await between('2021-01-02', '2021-01-02')).to.deep.equal([]);
    expect(await between('2020-12-31', '2021-01-01T23:59')).to.deep.equal([]);
    expect(await between('2021-01-01T23:59:59.999', '2021-01-01T23:59:59.999Z')).to.deep.equal(['ÉLAN 100%']);
    expect(await between('2021-01-02T12:59:59.999+13:00', '')).to.deep.equal(['the_end', 'ÉLAN 100%']);
    expect(await titles({ 'filters.created': '2021-01-01' })).to.deep.equal(['ÉLAN 100%']);
    expect(await titles({ 'filters.created~~to': '' })).to.have.length(3);
  });

  it('search by words and count the matches, before and after they are indexed', async () => {
    const queued = await totals();
    expect(queued).to.deep.equal([
      [1, 1],
      [3, 3],
      [0, 0],
      [0, 0],
      [2, 2],
      [2, 3],
    ]);
    await indexMovies();
    expect(await totals()).to.deep.equal(queued);
  });

  it('count active and inactive movies, of all platforms or one', async () => {
    const [id] = await found('stream_platforms', { 'filters.name': 'two' }, 'id');
    const ofTwo = `filters.platform_id=${String(id)}`;
    expect(
      await totalsOf([
        'perPage=1',
        'perPage=1&filters.active=true',
        'filters.active=false',
        ofTwo,
        `${ofTwo}&filters.active=true`,
        `${ofTwo}&filters.active=false`,
        'filters.active=false&filters.title=up',
      ]),
    ).to.deep.equal([
      [1, 3],
      [1, 2],
      [1, 1],
      [2, 2],
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
  });

  it('sort in both directions, texts without regard to case', async () => {
    expect(await titles({})).to.deep.equal(['the_end', 'Up', 'ÉLAN 100%']);
    expect(await titles({ sortBy: 'avg_rating', direction: 'desc' })).to.deep.equal([
      'Up',
      'the_end',
      'ÉLAN 100%',
    ]);
  });

  it('page', async () => {
    expect(await titles({ perPage: '2', page: '2' })).to.deep.equal(['ÉLAN 100%']);
    expect(await titles({ perPage: '2', page: '9' })).to.deep.equal([]);
  });

  it('accept any query', async () => {
    for (const query of [
      { sortBy: 'password' },
      { sortBy: 'nothing', direction: 'sideways' },
      { perPage: 'abc' },
      { perPage: '-5', page: '-5' },
      { page: '1e300' },
      { 'filters.nothing': 'x' },
      { 'filters.password': 'x' },
      { 'filters.title.deep.er': 'x' },
      { 'filters.avg_rating': 'abc' },
      { 'filters.platform_id': "1' OR 1=1" },
      { 'filters.active': 'perhaps' },
      { filters: 'x' },
    ] as Record<string, string>[]) {
      await titles(query);
    }
    expect(await titles({ 'filters.platform_id': "1' OR 1=1" })).to.deep.equal([]);
  });

  it('offer related records in pickers', async () => {
    for (const text of ['elan', 'éla', '100']) {
      const { body } = await client.read(`watch_lists/actions/search/${encodeURIComponent(text)}`);
      expect(
        body.records?.map(({ params }) => params.title),
        text,
      ).to.deep.equal(['ÉLAN 100%']);
    }
    const odd = await client.read('watch_lists/actions/search/up?searchProperty=password&perPage=x&page=x');
    expect(odd.status).to.equal(200);
  });

  it('show names instead of ids', async () => {
    const { body } = await client.read('reviews/actions/list?filters.username=anna');
    expect(body.records?.[0]?.populated.watchlist_id?.title).to.equal('Up');
    expect(body.records?.[0]?.populated.user_id?.title).to.equal('Anna');
  });

  it('answer 404 to what does not exist', async () => {
    for (const path of [
      'nothing/actions/list',
      'users/actions/nothing',
      'users/records/1/list',
      'users/nothing/1/show',
    ]) {
      expect((await client.read(path)).status, path).to.equal(404);
    }
    expect((await client.read('users/actions/new')).status).to.equal(405);
    expect((await client.read('users/bulk/bulkDelete')).status).to.equal(400);
    expect((await client.send('reviews/bulk/bulkDelete?recordIds=999999,abc')).status).to.equal(404);
    const head = await client.fetch('/admin/api/resources/users/records/1/delete', { method: 'HEAD' });
    expect(head.status).to.equal(405);
    for (const id of ['0', '-1', 'abc', '999999', '99999999999999999999']) {
      const { body } = await client.read(`users/records/${id}/show`);
      expect(body.notice?.type, id).to.equal('error');
    }
  });

  it('accept form bodies only', async () => {
    const withFile = new FormData();
    withFile.set('username', new File(['much of it'], 'name.txt'));
    const passedOver = (await (await post(client, withFile)).json()) as { record: { errors: object } };
    expect(passedOver.record.errors).to.include.all.keys('username', 'email');
    expect((await post(client, '<user/>', { 'content-type': 'application/xml' })).status).to.equal(415);
    expect((await post(client, '{"a":', { 'content-type': 'application/json' })).status).to.equal(400);
    expect((await post(client, new URLSearchParams({ username: 'x'.repeat(300_000) }))).status).to.equal(413);
    const json = await post(client, '{"username":{"a":1},"email":7}', { 'content-type': 'application/json' });
    const { record } = (await json.json()) as { record: { errors: object } };
    expect(record.errors).to.include.all.keys('username', 'email');
  });
});
