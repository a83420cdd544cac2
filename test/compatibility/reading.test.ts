import { expect } from 'chai';
import { withoutFormatSuffix } from '../../src/http/compatibility/format-suffix.js';
import { anonymous, asAdmin, asUser } from '../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';

describe('the format suffix of DRF', () => {
  it('is left out of an address', () => {
    for (const [sent, meant] of Object.entries({
      '/watch/watchlist.json': '/watch/watchlist/',
      '/watch/watchlist.json/': '/watch/watchlist/',
      '/watch/watchlist.json?page=2': '/watch/watchlist/?page=2',
      '/watch/watchlist/7.json': '/watch/watchlist/7/',
      '/watch/7/review.json/?x=a.json': '/watch/7/review/?x=a.json',
      '/watch/7.json.json': '/watch/7.json/',
      '/watch/watchlist/?search=a.json': '/watch/watchlist/?search=a.json',
      '/watch/.json': '/watch/.json',
      '/watch/watchlist/.json': '/watch/watchlist/.json',
      '/watch/watchlist.api': '/watch/watchlist.api',
      '/account/me.json': '/account/me.json',
      '/openapi.json': '/openapi.json',
    })) {
      expect(withoutFormatSuffix(sent), sent).to.equal(meant);
    }
  });

  it('answers like the address without it, to every method', async () => {
    const movie = await makeMovie();
    const review = await makeReview({ watchlist_id: movie.id });
    for (const path of [
      '/watch/watchlist',
      `/watch/watchlist/${movie.id}`,
      '/watch/platformlist',
      `/watch/${movie.id}/review`,
      `/watch/review/${review.id}`,
    ]) {
      const [plain, suffixed] = await Promise.all([
        anonymous.get(`${path}/?page_size=1`),
        anonymous.get(`${path}.json?page_size=1`),
      ]);
      expect([suffixed.status, suffixed.text], path).to.deep.equal([200, plain.text]);
      expect(suffixed.headers.get('etag')).to.equal(plain.headers.get('etag'));
      expect((await anonymous.send('HEAD', `${path}.json`)).status).to.equal(200);
      expect((await anonymous.send('OPTIONS', `${path}.json`)).headers.get('allow')).to.include('GET');
      expect((await anonymous.get(`${path}.api`)).status).to.equal(404);
    }
    const user = await asUser();
    expect((await user.delete(`/watch/review/${review.id}.json`)).status).to.equal(403);
    expect((await user.post(`/watch/${movie.id}/review-create.json`, { rating: 3 })).status).to.equal(201);
    expect((await anonymous.post('/watch/watchlist.json', {})).status).to.equal(401);
    expect((await anonymous.delete('/watch/watchlist.json')).status).to.equal(405);
  });
});

describe('GET /watch/watchlist2/', () => {
  it('pages by cursor in the order of creation, five a page', async () => {
    const { id: platform_id } = await makePlatform();
    const days = [3, 1, 7, 5, 2, 6, 4];
    for (const day of days)
      await makeMovie({ platform_id, title: `${day}`, created: new Date(Date.UTC(2026, 0, day)) });
    const first = await anonymous.get('/watch/watchlist2/');
    expect(Object.keys(first.body)).to.deep.equal(['next', 'previous', 'results']);
    const titlesOf = ({ body }: typeof first) => body.results.map(({ title }: { title: string }) => title);
    expect(titlesOf(first)).to.deep.equal(['1', '2', '3', '4', '5']);
    const second = await anonymous.get(first.body.next);
    expect([titlesOf(second), second.body.next]).to.deep.equal([['6', '7'], null]);
    expect(titlesOf(await anonymous.get(second.body.previous))).to.deep.equal(titlesOf(first));
    expect(titlesOf(await anonymous.get('/watch/watchlist2?ordering=-created&page_size=2'))).to.deep.equal([
      '7',
      '6',
    ]);
    expect((await anonymous.post('/watch/watchlist2/', {})).status).to.equal(405);
  });
});

describe('the words and types of the original', () => {
  it('say that a movie does not exist, wherever a movie is meant', async () => {
    const [admin, user] = [await asAdmin(), await asUser()];
    const missing = { detail: 'Not found.', error: 'not found' };
    const movie = '/watch/watchlist/999/';
    for (const answer of [
      await anonymous.get(movie),
      await anonymous.get('/watch/watchlist/x/'),
      await admin.put(movie, { title: 'x', storyline: 'x', platform: 'x' }),
      await admin.patch(movie, {}),
      await admin.delete(movie),
      await anonymous.get('/watch/999/review/'),
      await user.post('/watch/999/review-create/', { rating: 3 }),
      await user.post('/watch/999/review-create/', {}),
      await user.post('/watch/999/review-create/', { rating: 3 }, { 'Idempotency-Key': 'a' }),
      await user.post('/watch/999/review-create/', { rating: 3 }, { 'Idempotency-Key': 'a' }),
    ])
      expect([answer.status, answer.body]).to.deep.equal([404, missing]);
    const { id } = await makeMovie();
    for (const path of ['/watch/review/999/', '/watch/platformlist/999/', '/watch/watchlist3/', '/watch/'])
      expect((await anonymous.get(path)).body, path).to.not.have.property('error');
    const past = await anonymous.get(`/watch/${id}/review/?page=2`);
    expect([past.status, past.body]).to.deep.equal([404, { detail: 'Invalid page.' }]);
  });

  it('give the means a decimal point, whatever the texts beside them are', async () => {
    const title = '"avg_rating":4,"weighted_rating":3} \\"avg_rating":5,';
    const movie = await makeMovie({ title });
    for (const rating of [4, 4]) await makeReview({ watchlist_id: movie.id, rating });
    const point = /"avg_rating":4\.0,"number_rating":2,"weighted_rating":\d\.\d+[,}]/;
    const platform = `/watch/platformlist/${movie.platform_id}/`;
    for (const path of [
      `/watch/watchlist/${movie.id}/`,
      '/watch/watchlist/',
      '/watch/watchlist2/',
      '/watch/watchlist/?fields=title,avg_rating,number_rating,weighted_rating',
      platform,
      '/watch/platformlist/',
    ]) {
      const { text } = await anonymous.get(path);
      expect(text, path).to.match(point);
      expect(text, path).to.include(JSON.stringify(title));
    }
    expect((await anonymous.get(`/watch/watchlist/${movie.id}/?fields=avg_rating`)).text).to.equal(
      '{"avg_rating":4.0}',
    );
  });

  it('give the entity tag of exactly what is read', async () => {
    const movie = await makeMovie();
    await makeReview({ watchlist_id: movie.id, rating: 4 });
    const path = `/watch/watchlist/${movie.id}/`;
    const tag = (await anonymous.get(path)).headers.get('etag') as string;
    const admin = await asAdmin();
    expect((await admin.patch(path, { title: 'Heat' }, { 'If-Match': tag })).status).to.equal(200);
    expect((await admin.patch(path, { title: 'Heat 2' }, { 'If-Match': tag })).status).to.equal(412);
  });

  it('order reviews by nothing where they say `description`, `review_user` or `active`', async () => {
    const { id } = await makeMovie();
    const reviews = [];
    for (const rating of [3, 5, 1]) reviews.push(await makeReview({ watchlist_id: id, rating }));
    const ids = reviews.map((review) => review.id);
    const ordered = async (ordering: string) => {
      const { body } = await anonymous.get(`/watch/${id}/review/?ordering=${ordering}`);
      return body.results.map((review: { id: number }) => review.id);
    };
    for (const name of ['description', '-description', 'review_user', 'active', 'active,-review_user'])
      expect(await ordered(name), name).to.deep.equal(ids);
    expect(await ordered('review_user,rating')).to.deep.equal([ids[2], ids[0], ids[1]]);
    expect((await anonymous.get(`/watch/${id}/review/?ordering=title`)).body).to.have.property('ordering');
  });
});
