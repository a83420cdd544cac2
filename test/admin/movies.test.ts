import { expect } from 'chai';
import { WatchList } from '../../src/models/watch-list.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import { expectMovieCountsExact } from '../support/movie-counts.js';
import { miscount } from '../support/raw-writes.js';
import { staffClient } from '../support/panel.js';

describe('movies in the panel', () => {
  const client = staffClient('admin');

  const bulk = (name: string, ids: number[], fields = {}) =>
    client.send(`watch_lists/bulk/${name}?recordIds=${ids.join()}`, fields);
  const titles = async (query: string, resource = 'watch_lists') => {
    const { body } = await client.read(`${resource}/${query}`);
    return body.records?.map(({ params }) => params.title ?? params.name ?? params.description);
  };

  it('are deactivated and activated by selection', async () => {
    const movies = [await makeMovie(), await makeMovie({ active: false }), await makeMovie()];
    const ids = movies.map(({ id }) => id);
    await bulk('deactivateSelected', ids.slice(0, 2));
    expect(await WatchList.count({ where: { id: ids, active: true } })).to.equal(1);
    const { body } = await bulk('activateSelected', ids);
    expect(body.notice?.type).to.equal('success');
    expect(await WatchList.count({ where: { id: ids, active: true } })).to.equal(3);
  });

  it('move to another platform by selection, all or none', async () => {
    const movies = [await makeMovie(), await makeMovie()];
    const ids = movies.map(({ id }) => id);
    const { id: platform_id } = await makePlatform();
    for (const [wrong, text] of [
      ['', 'This field may not be null.'],
      ['999999', 'Invalid pk "999999" - object does not exist.'],
      ['x', 'A valid integer is required.'],
    ] as const) {
      const { body } = await bulk('moveSelected', ids, { platform_id: wrong });
      expect(body.record?.errors.platform_id?.message, wrong).to.equal(text);
    }
    expect((await bulk('moveSelected', ids)).body.record?.errors.platform_id).to.not.equal(undefined);
    expect(await WatchList.count({ where: { platform_id } })).to.equal(0);
    await bulk('moveSelected', ids, { platform_id });
    expect(await WatchList.count({ where: { platform_id } })).to.equal(2);
    const back = movies[0]?.platform_id as number;
    await client.send(`watch_lists/records/${ids[1]}/move`, { platform_id: back });
    expect((await movies[1]?.reload())?.platform_id).to.equal(back);
  });

  it('are counted by their platforms after every form and bulk action, and in the list', async () => {
    const [one, two] = [await makePlatform(), await makePlatform()];
    const totals = async () =>
      Promise.all(
        ['', `?filters.platform_id=${one.id}`, '?filters.active=true'].map(
          async (query) => (await client.read(`watch_lists/actions/list${query}`)).body.meta?.total,
        ),
      );
    const expectCounts = async (...counts: number[]) => {
      const exact = await expectMovieCountsExact();
      expect([one, two].map(({ id }) => exact.get(id))).to.deep.equal(counts);
    };
    const ids: number[] = [];
    for (const active of [true, true, false]) {
      const fields = { title: 'Film', storyline: 'A story.', platform_id: one.id, active };
      const { body } = await client.send('watch_lists/actions/new', fields);
      ids.push(body.record?.params.id as number);
    }
    await makeMovie({ platform_id: two.id });
    await expectCounts(3, 1);
    expect(await totals()).to.deep.equal([4, 3, 3]);
    await miscount(one.id, 90);
    expect(await totals(), 'of the platforms').to.deep.equal([94, 93, 93]);
    await miscount(one.id, -90);
    await client.send(`watch_lists/records/${ids[0]}/edit`, { platform_id: two.id, watchlist_count: 9 });
    await expectCounts(2, 2);
    await bulk('moveSelected', ids, { platform_id: two.id });
    await expectCounts(0, 4);
    expect(await totals()).to.deep.equal([4, 0, 3]);
    await client.send(`stream_platforms/records/${two.id}/edit`, { about: 'New', watchlist_count: 9 });
    await client.send(`watch_lists/records/${ids[0]}/delete`);
    await expectCounts(0, 3);
    await bulk('bulkDelete', ids);
    await expectCounts(0, 1);
    await client.send(`stream_platforms/bulk/bulkDelete?recordIds=${two.id}`);
    expect(await expectMovieCountsExact()).to.deep.equal(new Map([[one.id, 0]]));
  });

  it('are found by their words, best matches first', async () => {
    const { id } = await makePlatform({ name: 'It' });
    for (const title of ['Upside Down', 'Up', 'Keeping up', 'It Follows', 'It', 'Amélie'])
      await makeMovie({ title, platform_id: id, storyline: 'Somebody waits.' });
    expect(await titles('actions/list?filters.search=up')).to.deep.equal(['Up', 'Upside Down', 'Keeping up']);
    expect(await titles('actions/list?filters.search=it')).to.deep.equal(['It', 'It Follows']);
    expect(await titles('actions/list?filters.search=up&sortBy=title&direction=asc')).to.deep.equal([
      'Keeping up',
      'Up',
      'Upside Down',
    ]);
    expect(await titles('actions/list?filters.search=amelie%20wait')).to.deep.equal(['Amélie']);
    expect(await titles('actions/search/up')).to.deep.equal(['Up', 'Upside Down', 'Keeping up']);
    expect(await titles('actions/search/it', 'stream_platforms')).to.deep.equal(['It']);
    expect(await titles('actions/list?filters.search=streams%20it', 'stream_platforms')).to.deep.equal([
      'It',
    ]);
    await makeReview({ description: 'Up to a point.' });
    expect(await titles('actions/list?filters.search=up', 'reviews')).to.deep.equal(['Up to a point.']);
    for (const text of ['%00', '%20', '!!!', "'", '"', '*', '%F0%9F%8E%AC']) {
      expect(await titles(`actions/list?filters.search=${text}`), text).to.be.an('array');
      expect(await titles(`actions/search/${text}`), text).to.be.an('array');
      expect(await titles(`actions/list?filters.title=${text}`), text).to.be.an('array');
    }
  });
});
