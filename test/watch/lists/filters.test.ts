import { expect } from 'chai';
import { anonymous, asAdmin, asModerator, asUser } from '../../support/clients.js';
import { makeMovie, makePlatform, makeRatedMovie, makeReview, makeUser } from '../../support/factories.js';
import { idsOf } from '../../support/lists.js';
import { expectFields } from '../../support/refusals.js';

async function platforms(query: string): Promise<number[]> {
  return idsOf(await anonymous.get(`/watch/platformlist/?${query}`));
}

async function movies(query: string): Promise<number[]> {
  return idsOf(await anonymous.get(`/watch/watchlist/?${query}`));
}

describe('filters of platforms', () => {
  it('name: the whole name, in any letter case', async () => {
    const cafe = await makePlatform({ name: 'Café Ü' });
    await makePlatform({ name: 'Cafe U' });
    await makePlatform({ name: 'Café Üb' });
    expect(await platforms('name=Café Ü')).to.deep.equal([cafe.id]);
    expect(await platforms('name=CAFÉ ü')).to.deep.equal([cafe.id]);
    expect(await platforms('name=Café')).to.deep.equal([]);
    expect(await platforms('name=Caf%25')).to.deep.equal([]);
  });
});

describe('filters of movies', () => {
  it('platform: an id, or a name in any letter case', async () => {
    const platform = await makePlatform({ name: 'Lumen & Söhne' });
    const movie = await makeMovie({ platform_id: platform.id });
    await makeMovie();
    for (const value of [platform.id, 'Lumen & Söhne', 'LUMEN & SÖHNE']) {
      expect(await movies(`platform=${encodeURIComponent(value)}`)).to.deep.equal([movie.id]);
    }
    for (const value of ['Lumen', 'Nothing', '987654', '99999999999999999999']) {
      expect(await movies(`platform=${value}`), value).to.deep.equal([]);
    }
  });

  it('platform: a name of digits that is not an id', async () => {
    const platform = await makePlatform({ name: '98765432' });
    const movie = await makeMovie({ platform_id: platform.id });
    expect(await movies('platform=98765432')).to.deep.equal([movie.id]);
  });

  it('active', async () => {
    const shown = await makeMovie();
    const gone = await makeMovie({ active: false });
    for (const value of ['true', 'True', '1'])
      expect(await movies(`active=${value}`)).to.deep.equal([shown.id]);
    for (const value of ['false', 'False', '0'])
      expect(await movies(`active=${value}`)).to.deep.equal([gone.id]);
    expectFields(await anonymous.get('/watch/watchlist/?active=perhaps'), 'active');
  });

  it("active, with the count of all movies, of a platform's and with other filters", async () => {
    const [one, other] = [await makePlatform({ name: 'One' }), await makePlatform()];
    for (const active of [true, true, false]) await makeMovie({ platform_id: one.id, active, title: 'Same' });
    const moved = await makeMovie({ platform_id: other.id, active: false });
    const counts = async () => {
      const queries = ['', 'platform=one&', `platform=${other.id}&`, 'platform=none&', 'title=same&'];
      const asked = queries.flatMap((query) => [`${query}active=true`, `${query}active=false`]);
      const answers = await Promise.all(
        asked.map((query) => anonymous.get(`/watch/watchlist/?${query}&page_size=1`)),
      );
      return answers.map(({ body }) => body.count);
    };
    expect(await counts()).to.deep.equal([2, 2, 2, 1, 0, 1, 0, 0, 2, 1]);
    const admin = await asAdmin();
    await admin.patch(`/watch/watchlist/${moved.id}/`, { active: true, platform: String(one.id) });
    expect(await counts()).to.deep.equal([3, 1, 3, 1, 0, 0, 0, 0, 2, 1]);
    await admin.delete(`/watch/watchlist/${moved.id}/`);
    expect(await counts()).to.deep.equal([2, 1, 2, 1, 0, 0, 0, 0, 2, 1]);
  });

  it('title: the whole title, in any letter case', async () => {
    const upper = await makeMovie({ title: 'ÉTÉ 85' });
    const lower = await makeMovie({ title: 'été 85' });
    await makeMovie({ title: 'Ete 85' });
    await makeMovie({ title: 'Été 855' });
    expect(await movies('title=Été 85')).to.deep.equal([upper.id, lower.id]);
    expect(await movies('title=Été')).to.deep.equal([]);
  });

  it('avg_rating and number_rating, from and to', async () => {
    const platform_id = (await makePlatform()).id;
    const none = await makeMovie({ platform_id });
    const low = await makeRatedMovie([1, 2], { platform_id });
    const middle = await makeRatedMovie([3], { platform_id });
    const high = await makeRatedMovie([5, 5, 4], { platform_id });
    expect(await movies('avg_rating__gte=3')).to.deep.equal([middle.id, high.id]);
    expect(await movies('avg_rating__gte=3.01')).to.deep.equal([high.id]);
    expect(await movies('avg_rating__lte=1.5')).to.deep.equal([none.id, low.id]);
    expect(await movies('avg_rating__gte=1.5&avg_rating__lte=3')).to.deep.equal([low.id, middle.id]);
    expect(await movies('number_rating__gte=2')).to.deep.equal([low.id, high.id]);
    expect(await movies('number_rating__lte=1')).to.deep.equal([none.id, middle.id]);
    expect(await movies('number_rating__gte=1&number_rating__lte=2&avg_rating__gte=2')).to.deep.equal([
      middle.id,
    ]);
  });

  it('created, from and to', async () => {
    const platform_id = (await makePlatform()).id;
    const first = await makeMovie({ platform_id, created: new Date('2020-01-01T00:00:00.000Z') });
    const second = await makeMovie({ platform_id, created: new Date('2020-06-01T12:00:00.000Z') });
    expect(await movies('created__gte=2020-06-01T12:00:00Z')).to.deep.equal([second.id]);
    expect(await movies('created__gte=2020-06-01T12:00:00.001Z')).to.deep.equal([]);
    expect(await movies('created__lte=2020-01-01T00:00:00.000Z')).to.deep.equal([first.id]);
    expect(await movies('created__gte=2020-06-01T14:00:00%2B02:00')).to.deep.equal([second.id]);
    expect(await movies('created__gte=2020-01-01&created__lte=2020-12-31')).to.deep.equal([
      first.id,
      second.id,
    ]);
  });

  it('finds a movie by the `created` that it shows', async () => {
    const movie = await makeMovie();
    const { body } = await anonymous.get(`/watch/watchlist/${movie.id}/`);
    expect(await movies(`created__gte=${body.created}&created__lte=${body.created}`)).to.deep.equal([
      movie.id,
    ]);
  });

  const bad: [string, string[]][] = [
    ['avg_rating__gte', ['x', 'NaN', '1,5', '3x', '--1', '0x1']],
    ['avg_rating__lte', ['x', 'Infinity']],
    ['number_rating__gte', ['x', '1x']],
    ['number_rating__lte', ['x', 'null']],
    ['created__gte', ['x', 'yesterday', '2020-13-01', '2020-02-30', '12', '0999-01-01', '2020-01-01T24:00']],
    ['created__lte', ['x', '2020-01-01T25:00:00Z']],
  ];
  for (const [parameter, values] of bad) {
    it(`${parameter} refuses ${values.join(' ')}`, async () => {
      await makeMovie();
      for (const value of values) {
        expectFields(await anonymous.get(`/watch/watchlist/?${parameter}=${value}`), parameter);
      }
    });
  }

  it('names every bad parameter', async () => {
    const answer = await anonymous.get('/watch/watchlist/?avg_rating__gte=x&active=perhaps&page=w');
    expect(answer.status).to.equal(400);
    expect(answer.body).to.include.all.keys('avg_rating__gte', 'active', 'page');
  });
});

describe('filters of reviews', () => {
  it('review_user, rating, rating__gte and rating__lte', async () => {
    const movie = await makeMovie();
    const ann = await makeUser({ username: 'Ann' });
    const of = (rating: number, user_id?: number) =>
      makeReview({ watchlist_id: movie.id, rating, ...(user_id && { user_id }) });
    const one = await of(1);
    const three = await of(3, ann.id);
    const five = await of(5);
    const ids = async (query: string) => idsOf(await anonymous.get(`/watch/${movie.id}/review/?${query}`));
    expect(await ids('review_user=Ann')).to.deep.equal([three.id]);
    expect(await ids('review_user=aNN')).to.deep.equal([three.id]);
    expect(await ids('review_user=An')).to.deep.equal([]);
    expect(await ids('rating=5')).to.deep.equal([five.id]);
    expect(await ids('rating=2')).to.deep.equal([]);
    expect(await ids('rating__gte=3')).to.deep.equal([three.id, five.id]);
    expect(await ids('rating__lte=3')).to.deep.equal([one.id, three.id]);
    expect(await ids('rating__gte=2&rating__lte=4&review_user=ann')).to.deep.equal([three.id]);
    for (const parameter of ['rating', 'rating__gte', 'rating__lte']) {
      expectFields(await anonymous.get(`/watch/${movie.id}/review/?${parameter}=x`), parameter);
    }
  });

  it('active, which has an effect for moderators and admins only', async () => {
    const movie = await makeMovie();
    const shown = await makeReview({ watchlist_id: movie.id });
    const author = await asUser();
    const hidden = await makeReview({ watchlist_id: movie.id, user_id: author.user.id, active: false });
    const path = `/watch/${movie.id}/review/`;
    for (const client of [await asModerator(), await asAdmin()]) {
      expect(idsOf(await client.get(`${path}?active=false`))).to.deep.equal([hidden.id]);
      expect(idsOf(await client.get(`${path}?active=true`))).to.deep.equal([shown.id]);
      expectFields(await client.get(`${path}?active=perhaps`), 'active');
    }
    for (const query of ['active=false', 'active=true']) {
      expect(idsOf(await anonymous.get(`${path}?${query}`)), query).to.deep.equal([shown.id]);
      expect(idsOf(await (await asUser()).get(`${path}?${query}`)), query).to.deep.equal([shown.id]);
      expect(idsOf(await author.get(`${path}?${query}`)), query).to.deep.equal([shown.id, hidden.id]);
    }
  });
});

describe('GET /watch/reviews/', () => {
  it("lists a user's reviews, by the name in any letter case", async () => {
    const ann = await makeUser({ username: 'Ann' });
    const reviews = [await makeReview({ user_id: ann.id }), await makeReview({ user_id: ann.id })];
    await makeReview();
    for (const username of ['Ann', 'ann', 'ANN']) {
      const answer = await anonymous.get(`/watch/reviews/?username=${username}`);
      expect(idsOf(answer)).to.deep.equal(reviews.map(({ id }) => id));
    }
  });

  it('is empty for an unknown user', async () => {
    await makeReview({ user_id: (await makeUser({ username: 'Ann' })).id });
    for (const username of ['nobody', 'An', 'Ann%25', '%F0%9F%8E%AC']) {
      expect(idsOf(await anonymous.get(`/watch/reviews/?username=${username}`))).to.deep.equal([]);
    }
  });

  it('refuses a request without a name', async () => {
    for (const query of ['', '?username=', '?review_user=ann']) {
      expectFields(await anonymous.get(`/watch/reviews/${query}`), 'username');
    }
  });
});
