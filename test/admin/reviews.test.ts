import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import type { WatchList } from '../../src/models/watch-list.js';
import { makeMovie, makeRatedMovie, makeReview, makeUser } from '../support/factories.js';
import { staffClient } from '../support/panel.js';
import { expectRatingsExact } from '../support/ratings.js';

async function ratingOf(movie: WatchList): Promise<number[]> {
  const { number_rating, avg_rating } = await movie.reload();
  return [number_rating, avg_rating];
}

describe('admin records of reviews', () => {
  const client = staffClient('admin');

  it('change the rating of their movie', async () => {
    const movie = await makeMovie();
    const other = await makeMovie();
    const user = await makeUser();
    const created = await client.send('reviews/actions/new', {
      watchlist_id: movie.id,
      user_id: user.id,
      rating: '2',
      description: '',
      active: 'true',
    });
    expect(created.body.notice?.type, JSON.stringify(created.body)).to.equal('success');
    const path = `reviews/records/${created.body.record?.params.id as number}`;
    expect(await ratingOf(movie)).to.deep.equal([1, 2]);
    await client.send(`${path}/edit`, { rating: '5' });
    expect(await ratingOf(movie)).to.deep.equal([1, 5]);
    await client.send(`${path}/edit`, { active: 'false', hidden_reason: 'Insult' });
    expect(await ratingOf(movie)).to.deep.equal([0, 0]);
    await client.send(`${path}/edit`, { active: 'true', watchlist_id: other.id });
    expect(await ratingOf(movie)).to.deep.equal([0, 0]);
    expect(await ratingOf(other)).to.deep.equal([1, 5]);
    await client.send(`${path}/delete`);
    expect(await ratingOf(other)).to.deep.equal([0, 0]);
  });

  it('change the ratings when many are deleted at once', async () => {
    const movie = await makeMovie();
    const other = await makeMovie();
    const reviews = [];
    for (const rating of [1, 2, 3, 4])
      reviews.push(await makeReview({ watchlist_id: (rating % 2 ? movie : other).id, rating }));
    const kept = await makeReview({ watchlist_id: movie.id, rating: 5 });
    const ids = reviews.map(({ id }) => id).join(',');
    const listed = await client.read(`reviews/bulk/bulkDelete?recordIds=${ids}`);
    expect(listed.body.records).to.have.length(4);
    const { body } = await client.send(`reviews/bulk/bulkDelete?recordIds=${ids}`);
    expect(body.notice?.type).to.equal('success');
    expect(await ratingOf(movie)).to.deep.equal([1, 5]);
    expect(await ratingOf(other)).to.deep.equal([0, 0]);
    expect(await Review.count({ where: { watchlist_id: [movie.id, other.id] } })).to.equal(1);
    await kept.destroy();
  });

  it('keep the ratings exact under concurrent changes', async () => {
    const movie = await makeRatedMovie([1, 2, 3, 4, 5, 1, 2, 3]);
    await makeRatedMovie([5, 5, 5, 5]);
    const reviews = await Review.findAll({ order: ['id'] });
    const [a, b, c, d, e, f, , , i, j, k] = reviews.map(({ id }) => id);
    await Promise.all([
      client.send(`reviews/bulk/bulkDelete?recordIds=${a},${i},${b}`),
      client.send(`reviews/bulk/bulkDelete?recordIds=${j},${b},${c}`),
      client.send(`reviews/records/${d}/edit`, { rating: 1 }),
      client.send(`reviews/records/${d}/edit`, { active: false, hidden_reason: 'Insult' }),
      client.send(`reviews/records/${e}/delete`),
      client.send(`reviews/records/${e}/delete`),
      client.send(`reviews/records/${k}/edit`, { watchlist_id: movie.id }),
      client.send(`users/records/${reviews[5]?.user_id}/delete`),
    ]);
    const gone = new Set([a, b, c, e, f, i, j]);
    const left = reviews.map(({ id }) => id).filter((id) => !gone.has(id));
    expect((await Review.findAll()).map(({ id }) => id)).to.have.members(left);
    await expectRatingsExact();
  });

  it('are unique for each movie and user, and invalid values are refused at their fields', async () => {
    const movie = await makeMovie();
    const { user_id } = await makeReview({ watchlist_id: movie.id, rating: 3 });
    const again = { watchlist_id: movie.id, user_id, rating: 3 };
    const { body } = await client.send('reviews/actions/new', again);
    expect(body.record?.errors.watchlist_id?.message).to.equal('You have already reviewed this movie!');
    for (const [field, value] of [
      ['rating', '6'],
      ['rating', '4.5'],
      ['rating', ''],
      ['user_id', '999999'],
      ['watchlist_id', '999999'],
    ] as const) {
      const user = await makeUser();
      const wrong = await client.send('reviews/actions/new', {
        ...again,
        user_id: user.id,
        [field]: value,
      });
      expect(wrong.body.record?.errors[field]?.message, `${field} ${value}`).to.be.a('string');
      expect(wrong.body.notice?.type).to.equal('error');
    }
    expect(await ratingOf(movie)).to.deep.equal([1, 3]);
  });

  it('keep a text unchanged', async () => {
    const review = await makeReview({ rating: 3 });
    await client.send(`reviews/records/${review.id}/edit`, { description: ' one\ntwo <b>&amp; ' });
    expect((await review.reload()).description).to.equal(' one\ntwo <b>&amp; ');
  });
});
