import { expect } from 'chai';
import { User } from '../../src/models/user.js';
import { anonymous, asAdmin, asModerator, asUser, clientOf } from '../support/clients.js';
import { makeMovie, makeRatedMovie, makeReview, makeUser, PASSWORD } from '../support/factories.js';
import { expectRatingsExact } from '../support/ratings.js';
import { expectDetail, expectFields } from '../support/refusals.js';

const PATH = '/account/me/';

describe('GET /account/me/', () => {
  it('shows the account and nothing more', async () => {
    const client = await asUser({ username: 'Ann', email: 'Ann@example.org' });
    const { status, body } = await client.get(PATH);
    expect(status).to.equal(200);
    expect(body).to.have.all.keys('id', 'username', 'email', 'role', 'date_joined');
    expect(body).to.include({ id: client.user.id, username: 'Ann', email: 'Ann@example.org', role: 'user' });
    expect(body.date_joined).to.equal(client.user.date_joined.toISOString());
  });

  it('shows the role', async () => {
    expect((await (await asModerator()).get(PATH)).body.role).to.equal('moderator');
    expect((await (await asAdmin()).get(PATH)).body.role).to.equal('admin');
  });

  it('refuses without a token', async () => {
    expectDetail(await anonymous.get(PATH), 401);
    expectDetail(await anonymous.patch(PATH, { email: 'x@example.org' }), 401);
    expectDetail(await anonymous.delete(PATH, { password: PASSWORD }), 401);
  });
});

describe('PATCH /account/me/', () => {
  it('changes the e-mail', async () => {
    const client = await asUser();
    const { status, body } = await client.patch(PATH, { email: 'New@example.org' });
    expect(status).to.equal(200);
    expect(body).to.have.all.keys('id', 'username', 'email', 'role', 'date_joined');
    expect(body.email).to.equal('New@example.org');
    expect((await client.get(PATH)).body).to.deep.equal(body);
  });

  it('ignores everything else', async () => {
    const client = await asUser();
    const { body: before } = await client.get(PATH);
    const answer = await client.patch(PATH, {
      username: 'other', role: 'admin', id: 7, is_active: false, date_joined: '2001-01-01T00:00:00Z', password: 'x',
    }); // prettier-ignore
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body).to.deep.equal(before);
  });

  it("refuses an invalid e-mail, and another user's in any letter case", async () => {
    const client = await asUser();
    await makeUser({ email: 'taken@example.org' });
    for (const email of ['nope', '', null, 'TAKEN@example.org']) {
      expectFields(await client.patch(PATH, { email }), 'email');
    }
  });

  it("accepts one's own e-mail in another letter case", async () => {
    const client = await asUser({ email: 'ann@example.org' });
    const { status, body } = await client.patch(PATH, { email: 'ANN@example.org' });
    expect(status).to.equal(200);
    expect(body.email).to.equal('ANN@example.org');
  });
});

describe('DELETE /account/me/', () => {
  it('removes the user, the reviews and their weight in the ratings', async () => {
    const user = await makeUser({ password: PASSWORD });
    const client = await clientOf(user);
    const rated = await makeRatedMovie([5, 4]);
    const alone = await makeMovie();
    const review = await makeReview({ user_id: user.id, watchlist_id: rated.id, rating: 1 });
    await makeReview({ user_id: user.id, watchlist_id: alone.id, rating: 5 });
    await makeReview({ user_id: user.id, active: false });

    const answer = await client.delete(PATH, { password: PASSWORD });
    expect(answer.status, answer.text).to.equal(204);
    expect(answer.text).to.equal('');

    expectDetail(await client.get(PATH), 401);
    expect(await User.findByPk(user.id)).to.equal(null);
    expectDetail(await anonymous.get(`/watch/review/${review.id}/`), 404);
    const votes = await expectRatingsExact();
    expect(votes.get(rated.id)).to.have.members([5, 4]);
    expect(votes.get(alone.id)).to.deep.equal([]);
    const login = await anonymous.post('/account/login/', { username: user.username, password: PASSWORD });
    expect(login.status).to.equal(400);
  });

  it('accepts the password in a form too', async () => {
    const client = await asUser({ password: PASSWORD });
    expect((await client.form('DELETE', PATH, { password: PASSWORD })).status).to.equal(204);
  });

  it('is a 401 for a user whom another request has deleted meanwhile', async () => {
    for (let round = 0; round < 5; round += 1) {
      const client = await asUser({ password: PASSWORD });
      const twice = await Promise.all([1, 2, 3].map(() => client.delete(PATH, { password: PASSWORD })));
      const statuses = twice.map(({ status }) => status);
      expect(statuses).to.include(204);
      expect([204, 401]).to.include.members(statuses);
    }
  });

  it('needs the right password, and changes nothing without it', async () => {
    const client = await asUser({ password: PASSWORD });
    await makeReview({ user_id: client.user.id });
    for (const body of [
      undefined,
      {},
      { password: '' },
      { password: `${PASSWORD}x` },
      { password: null },
      { password: [PASSWORD] },
    ]) {
      expectFields(await client.delete(PATH, body), 'password');
    }
    expect((await client.get(PATH)).status).to.equal(200);
    expect([...(await expectRatingsExact()).values()]).to.deep.equal([[3]]);
  });
});
