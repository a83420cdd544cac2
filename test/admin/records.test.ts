import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { WatchList } from '../../src/models/watch-list.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import { staffClient } from '../support/panel.js';

describe('admin records', () => {
  const client = staffClient('admin');

  it('creates, shows, edits and deletes a platform', async () => {
    const values = { name: 'Café TV', about: 'Ünïcode 🎬\nand lines', website: 'https://cafe.example' };
    const created = await client.send('stream_platforms/actions/new', values);
    expect(created.body.notice?.type).to.equal('success');
    const id = created.body.record?.params.id as number;
    const shown = await client.read(`stream_platforms/records/${id}/show`);
    expect(shown.body.record?.params).to.deep.equal({ id, ...values });
    await client.send(`stream_platforms/records/${id}/edit`, { ...values, id: 999_999, about: 'Other' });
    expect((await StreamPlatform.findByPk(id))?.about).to.equal('Other');
    await client.send(`stream_platforms/records/${id}/delete`);
    expect(await StreamPlatform.findByPk(id)).to.equal(null);
  });

  it('shows each error at its field', async () => {
    await makePlatform({ name: 'Taken' });
    const { body } = await client.send('stream_platforms/actions/new', {
      name: 'TAKEN',
      about: '',
      website: 'nowhere',
    });
    expect(body.notice?.type).to.equal('error');
    expect(body.record?.errors.about?.message).to.equal('This field may not be blank.');
    expect(body.record?.errors.website?.message).to.equal('Enter a valid URL.');
    const twice = await client.send('stream_platforms/actions/new', {
      name: 'TAKEN',
      about: 'x',
      website: 'https://x.example',
    });
    expect(twice.body.record?.errors.name?.message).to.equal('A platform with this name already exists.');
    const missing = await client.send('stream_platforms/actions/new');
    expect(missing.body.record?.errors).to.have.all.keys('name', 'about', 'website');
  });

  it('shows a missing or wrong platform of a movie at its field', async () => {
    const movie = { title: 'X', storyline: 'Y' };
    for (const platform_id of ['', 'abc', '1.5', '123456', '-1', '99999999999999999999']) {
      const { status, body } = await client.send('watch_lists/actions/new', { ...movie, platform_id });
      expect([status, body.notice?.type], platform_id).to.deep.equal([200, 'error']);
      expect(body.record?.errors.platform_id?.message, platform_id).to.be.a('string');
    }
  });

  it('ignores crafted values of read-only fields', async () => {
    const movie = await makeMovie();
    await makeReview({ watchlist_id: movie.id, rating: 4 });
    const before = (await movie.reload()).toJSON();
    const crafted = {
      id: 4711,
      created: '2001-01-01T00:00:00.000Z',
      avg_rating: 5,
      number_rating: 900,
      weighted_rating: 5,
      rating_5: 900,
      search_text: 'x',
      title_key: 'x',
    };
    const { body } = await client.send(`watch_lists/records/${movie.id}/edit`, crafted);
    expect(body.notice?.type).to.equal('success');
    expect((await movie.reload()).toJSON()).to.deep.equal(before);
  });

  it('deletes a platform with its movies and their reviews', async () => {
    const movie = await makeMovie();
    await makeReview({ watchlist_id: movie.id, rating: 4 });
    await client.send(`stream_platforms/records/${movie.platform_id}/delete`);
    expect(await WatchList.count({ where: { id: movie.id } })).to.equal(0);
    expect(await Review.count({ where: { watchlist_id: movie.id } })).to.equal(0);
  });
});
