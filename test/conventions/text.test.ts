import { expect } from 'chai';
import { anonymous, asAdmin, asUser, type UserClient } from '../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';
import { expectFields } from '../support/refusals.js';

const TEXTS: Record<string, string> = {
  'spaces at both ends': '  two  spaces  ',
  'line ends and tabs': '\tfirst\r\nsecond\nthird\u2028',
  'emoji of several code points': '👩‍👩‍👧‍👦 🏳️‍🌈 🎬',
  markup: '<script>alert("1")</script> &amp; <b>',
  'a decomposed accent': 'Ame\u0301lie',
  'a composed accent': 'Amélie',
  'many scripts': '기생충 千と千尋 Иди и смотри صمت 🎞',
  'quotes and backslashes': `'"\\' -- %s \${x} ; DROP TABLE`,
  'invisible characters': '\u200bzero\ufeff\u202e\u0001',
  'a non-character': 'a\uffffb',
};

describe('text', () => {
  let admin: UserClient;

  beforeEach(async () => {
    admin = await asAdmin();
  });

  for (const [what, text] of Object.entries(TEXTS)) {
    it(`is stored and returned as it was sent: ${what}`, async () => {
      const platform = await makePlatform();
      const made = await admin.post('/watch/watchlist/', {
        title: text,
        storyline: text,
        platform: platform.id,
      });
      expect(made.status, made.text).to.equal(201);
      expect(made.body).to.include({ title: text, storyline: text });
      const review = await admin.post(`/watch/${made.body.id}/review-create/`, {
        rating: 3,
        description: text,
      });
      expect(review.body.description).to.equal(text);
      const { body } = await anonymous.get(`/watch/watchlist/${made.body.id}/`);
      expect(body).to.include({ title: text, storyline: text });
      const found = await anonymous.get(`/watch/watchlist/?title=${encodeURIComponent(text)}`);
      expect(found.body.results.map((movie: { id: number }) => movie.id)).to.deep.equal([made.body.id]);
    });
  }

  it('counts code points: as many emoji as letters', async () => {
    const platform = await makePlatform();
    const fields = { title: '🎬'.repeat(200), storyline: '🎬'.repeat(2_000), platform: platform.id };
    const answer = await admin.post('/watch/watchlist/', fields);
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body.title).to.equal(fields.title);
    expect(answer.body.storyline).to.equal(fields.storyline);
    const longer = { ...fields, title: `${fields.title}x`, storyline: `${fields.storyline}x` };
    expectFields(await admin.post('/watch/watchlist/', longer), 'title', 'storyline');
  });

  it('accepts texts that grow when they are case-folded or indexed', async () => {
    const platform = await makePlatform();
    for (const letter of ['ŉ', 'ﬃ', 'ΐ', 'İ', '한', 'ß']) {
      const fields = {
        title: letter.repeat(200),
        storyline: `${letter} `.repeat(1_000),
        platform: platform.id,
      };
      const answer = await admin.post('/watch/watchlist/', fields);
      expect(answer.status, `${letter}: ${answer.text}`).to.equal(201);
    }
  });

  for (const blank of ['', ' ', '\t\r\n', '\u00a0\u2003\u3000']) {
    it(`counts ${JSON.stringify(blank)} as empty`, async () => {
      const answer = await admin.post('/watch/platformlist/', {
        name: blank, about: blank, website: 'https://example.org',
      }); // prettier-ignore
      expectFields(answer, 'name', 'about');
      expect(answer.body.name).to.deep.equal(['This field may not be blank.']);
    });
  }

  for (const [what, bad] of [
    ['a NUL', 'a\0b'],
    ['a lone surrogate', 'a\ud83cb'],
    ['a reversed pair', '\udfac\ud83c'],
  ] as const) {
    it(`refuses ${what} with 400`, async () => {
      const movie = await makeMovie();
      const review = await makeReview();
      const platform = { name: bad, about: bad, website: 'https://example.org' };
      expectFields(await admin.post('/watch/platformlist/', platform), 'name', 'about');
      expectFields(
        await admin.patch(`/watch/watchlist/${movie.id}/`, { title: bad, storyline: bad }),
        'title',
        'storyline',
      );
      expectFields(
        await admin.post(`/watch/${movie.id}/review-create/`, { rating: 3, description: bad }),
        'description',
      );
      expectFields(await admin.post(`/watch/review/${review.id}/report/`, { reason: bad }), 'reason');
      const account = {
        username: bad,
        email: `${bad}@example.org`,
        password: `${bad} harbour 71`,
        password2: `${bad} harbour 71`,
      };
      const refused = await anonymous.post('/account/register/', account);
      expect(refused.status, refused.text).to.equal(400);
      expect(refused.body).to.include.all.keys('username', 'email', 'password');
      expect((await anonymous.post('/account/login/', { username: bad, password: bad })).status).to.equal(
        400,
      );
    });
  }

  it('refuses a NUL in a form', async () => {
    const user = await asUser();
    const movie = await makeMovie();
    const answer = await user.form('POST', `/watch/${movie.id}/review-create/`, {
      rating: '3',
      description: 'a\0b',
    });
    expectFields(answer, 'description');
  });

  it('never fails on a NUL or an invalid escape in a query', async () => {
    for (const query of [
      'title=%00',
      'search=%00',
      'title=%ED%A0%80',
      'search=%ff',
      'platform=%00',
      'cursor=%00',
    ]) {
      const { status } = await anonymous.get(`/watch/watchlist/?${query}`);
      expect(status, query).to.be.oneOf([200, 400]);
    }
  });
});
