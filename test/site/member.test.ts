import { expect } from 'chai';
import { memberPath } from '../../site/paths.js';
import { makeMovie, makeReview, makeUser } from '../support/factories.js';
import { getPage, pageText, postForm, sessionOf } from '../support/site.js';

describe('the page of a member', () => {
  it('shows figures and reviews to everybody', async () => {
    const user = await makeUser({ username: 'nora.n' });
    const heat = await makeMovie({ title: 'Heat' });
    await makeReview({ user_id: user.id, watchlist_id: heat.id, rating: 5 });
    await makeReview({ user_id: user.id, rating: 2, spoiler: true });
    await (await makeReview({ user_id: user.id, description: 'Rude' })).update({ active: false });
    const text = await pageText('/members/nora.n');
    for (const part of [
      '<h1>nora.n</h1>',
      'Member since',
      '<b>3.50</b>',
      'in 2 reviews',
      'href="/members/nora.n?stars=5#reviews"',
      `href="/movies/${heat.id}/heat"`,
      '<details class="spoiler">',
    ]) {
      expect(text).to.include(part);
    }
    expect(text).to.not.include('Rude');
    expect(await pageText('/members/nora.n?stars=5')).to.include('1 review with 5 stars');
    const own = await pageText('/members/nora.n', { cookie: await sessionOf(user) });
    expect(own).to.include('Rude').and.to.include('A moderator has hidden this review.');
    const german = await pageText('/members/nora.n', { language: 'de' });
    expect(german).to.include('Mitglied seit').and.to.include('von 5, gegeben in 2 Kritiken');
  });

  it('has one address', async () => {
    const { username } = await makeUser({ username: 'A+b@c_d.-' });
    const path = memberPath(username);
    expect(path).to.equal('/members/A%2Bb%40c_d.-');
    const answer = await getPage('/members/a%2bB@c_d.-?sort=lowest');
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([301, `${path}?sort=lowest`]);
    for (const same of [path, '/members/A+b@c_d.-']) expect((await getPage(same)).status).to.equal(200);
  });

  for (const username of ['.', '..']) {
    it(`has an address that no browser shortens, of ${username}`, async () => {
      await makeReview({ user_id: (await makeUser({ username })).id });
      const path = memberPath(username);
      expect(new URL(path, 'http://localhost').pathname).to.equal(path);
      expect(await pageText(path)).to.include(`<h1>${username}</h1>`);
      expect((await getPage(`${path}/feed.xml`)).status).to.equal(200);
    });
  }

  it('is a 404 for who is no member, or none any more', async () => {
    const user = await makeUser({ username: 'gone', is_active: false });
    for (const wrong of [user.username, 'nobody', '%00', '%F0%9F%8E%AC', 'a%2Fb', 'x'.repeat(2_000), '%ff']) {
      expect((await getPage(`/members/${wrong}`)).status, wrong).to.equal(404);
    }
  });

  it('says where there are no reviews', async () => {
    const user = await makeUser({ username: 'new' });
    expect(await pageText('/members/new')).to.include('new has not reviewed a movie yet.');
    const own = await pageText('/members/new', { cookie: await sessionOf(user) });
    expect(own).to.include('You have not reviewed a movie yet.').and.to.include('href="/settings"');
  });

  it('takes a vote', async () => {
    const author = await makeUser();
    const review = await makeReview({ user_id: author.id });
    const cookie = await sessionOf(await makeUser());
    const path = memberPath(author.username);
    const fields = { form: `helpful-${review.id}`, helpful: 'yes' };
    expect((await postForm(path, fields)).headers.get('location')).to.match(/^\/login\?next=/);
    const answer = await postForm(path, fields, { cookie });
    expect(answer.headers.get('location')).to.equal(`${path}#review-${review.id}`);
    expect(await pageText(path)).to.include('one member finds it helpful');
  });
});
