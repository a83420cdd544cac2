import { expect } from 'chai';
import { hideReviews, restoreReviews } from '../../src/models/moderation.js';
import { User } from '../../src/models/user.js';
import { anonymous, asAdmin, clientOf } from '../support/clients.js';
import { makeMovie, makeReview, makeUser, PASSWORD } from '../support/factories.js';
import { expectProfilesExact } from '../support/profiles.js';
import { expectDetail } from '../support/refusals.js';

const profile = (name: string) => anonymous.get(`/watch/users/${name}/`);

describe('GET /watch/users/<username>/', () => {
  afterEach(expectProfilesExact);

  it('tells what everybody may know', async () => {
    const date_joined = new Date('2026-02-03T04:05:06.789Z');
    const user = await makeUser({ username: 'Ana.B+c@d-e_1', date_joined });
    const { text } = await profile('Ana.B+c@d-e_1');
    expect(JSON.parse(text)).to.deep.equal({
      username: 'Ana.B+c@d-e_1',
      date_joined: '2026-02-03T04:05:06.789Z',
      number_reviews: 0,
      avg_rating: 0,
      rating_distribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    });
    expect(text).to.contain('"avg_rating":0.0');
    for (const rating of [4, 4, 4]) await makeReview({ user_id: user.id, rating });
    expect((await profile('Ana.B+c@d-e_1')).text).to.contain('"avg_rating":4.0,"rating_distribution"');
    const { body } = await anonymous.get('/watch/users/ana.b+c@d-e_1/?fields=number_reviews');
    expect(body).to.deep.equal({ number_reviews: 3 });
  });

  it('finds the name in any case, in every spelling of the path, and by digits', async () => {
    await makeUser({ username: 'Ana' });
    await makeUser({ username: '123' });
    for (const path of [
      'ana/',
      'ANA',
      'Ana/?x=1',
      '%41na/',
      'ana.json',
      'ANA.json/',
      '123/',
      '123',
      '123.json',
    ]) {
      const { status, body } = await anonymous.get(`/watch/users/${path}`);
      expect(status, path).to.equal(200);
      expect(body.username).to.equal(path.startsWith('123') ? '123' : 'Ana');
    }
    await makeUser({ username: 'Ana.json' });
    expect((await profile('ana.json')).body.username).to.equal('Ana.json');
    const head = await anonymous.send('HEAD', '/watch/users/ana/');
    expect(head.status).to.equal(200);
  });

  it('does not know others, nor users who are not active', async () => {
    await makeUser({ username: 'gone', is_active: false });
    const wrong = [
      'gone',
      'nobody',
      '%00',
      '%ED%A0%80',
      '%zz',
      '-',
      '0',
      'a'.repeat(2_000),
      '%2F',
      'gone%20',
      "a'b",
    ];
    for (const name of wrong) expectDetail(await profile(name), 404);
    expect((await anonymous.get('/watch/users/')).status).to.equal(404);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expectDetail(await anonymous.json(method, '/watch/users/gone/', {}), 405);
    }
  });

  it('follows reviews by every door', async () => {
    const user = await makeUser({ username: 'ana', password: PASSWORD });
    const client = await clientOf(user);
    const admin = await asAdmin();
    const [one, two, three] = [await makeMovie(), await makeMovie(), await makeMovie()];
    const expectStars = async (stars: number[]) => {
      const { body } = await profile('ana');
      const shown = Object.entries(body.rating_distribution as Record<string, number>);
      expect(shown.flatMap(([star, count]) => Array<number>(count).fill(Number(star)))).to.deep.equal(stars);
    };
    const ids: number[] = [];
    for (const [movie, rating] of [
      [one, 5],
      [two, 2],
      [three, 3],
    ] as const) {
      ids.push((await client.post(`/watch/${movie.id}/review-create/`, { rating })).body.id);
    }
    await expectStars([2, 3, 5]);
    await client.patch(`/watch/review/${ids[0]}/`, { rating: 1 });
    await expectStars([1, 2, 3]);
    await hideReviews([ids[0] as number, ids[1] as number], 'Spam');
    await expectStars([3]);
    // Only its text changes.
    await client.patch(`/watch/review/${ids[0]}/`, { description: 'Hidden.' });
    await expectStars([3]);
    await restoreReviews(ids);
    await expectStars([1, 2, 3]);
    await client.delete(`/watch/review/${ids[1]}/`);
    await expectStars([1, 3]);
    await admin.delete(`/watch/watchlist/${one.id}/`);
    await expectStars([3]);
    await admin.delete(`/watch/platformlist/${three.platform_id}/`);
    await expectStars([]);
    await makeReview({ user_id: user.id, watchlist_id: two.id, rating: 4 });
    await client.delete('/account/me/', { password: PASSWORD });
    expectDetail(await profile('ana'), 404);
  });

  it('ends in the cache when the user is renamed or deactivated', async () => {
    const user = await makeUser({ username: 'ana' });
    expect((await profile('ana')).status).to.equal(200);
    await user.update({ username: 'Anna' });
    expectDetail(await profile('ana'), 404);
    expect((await profile('anna')).body.username).to.equal('Anna');
    await User.update({ is_active: false }, { where: { id: user.id } });
    expectDetail(await profile('anna'), 404);
    await User.update({ is_active: true }, { where: { id: user.id } });
    expect((await profile('anna')).status).to.equal(200);
  });
});
