import { expect } from 'chai';
import { issueEmailChange } from '../../src/auth/email-changes.js';
import { EmailChange } from '../../src/models/email-change.js';
import { User } from '../../src/models/user.js';
import { anonymous, asAdmin, asModerator, asUser, clientOf, type UserClient } from '../support/clients.js';
import { makeMovie, makeRatedMovie, makeReview, makeUser, PASSWORD } from '../support/factories.js';
import { mailbox, partsOf } from '../support/mailbox.js';
import { withProcess } from '../support/processes.js';
import { expectRatingsExact } from '../support/ratings.js';
import { expectDetail, expectFields } from '../support/refusals.js';

const PATH = '/account/me/';

describe('GET /account/me/', () => {
  it('shows the account and nothing more', async () => {
    const client = await asUser({ username: 'Ann', email: 'Ann@example.org' });
    const { status, body } = await client.get(PATH);
    expect(status).to.equal(200);
    expect(body).to.have.all.keys('id', 'username', 'email', 'role', 'date_joined', 'otp_enabled');
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
  it('leaves the address as it is until the link that is mailed to it is followed', async () => {
    const client = await asUser({ password: PASSWORD });
    const { status, body } = await client.patch(PATH, { email: 'New@example.org', password: PASSWORD });
    expect(status).to.equal(200);
    const { body: account } = await client.get(PATH);
    expect(account.email).to.equal(client.user.email);
    expect(body).to.deep.equal({ ...account, email_pending: 'New@example.org' });

    const token = await issueEmailChange(client.user, 'New@example.org');
    expectDetail(await anonymous.get(`/account/email/confirm/?token=${token}`), 200);
    expect((await client.get(PATH)).body.email).to.equal('New@example.org');
    expectFields(await anonymous.get(`/account/email/confirm/?token=${token}`), 'token');
  });

  it('asks for the password', async () => {
    const client = await asUser({ password: PASSWORD });
    expectFields(await client.patch(PATH, { email: 'new@example.org' }), 'password');
    expectFields(
      await client.patch(PATH, { email: 'new@example.org', password: 'wrong-harbour-71' }),
      'password',
    );
    expect(await EmailChange.count()).to.equal(0);
  });

  it("tells nothing of another account's address, and gives it to nobody", async () => {
    const client = await asUser({ password: PASSWORD });
    const other = await makeUser({ email: 'taken@example.org' });
    const free = await client.patch(PATH, { email: 'free@example.org', password: PASSWORD });
    const taken = await client.patch(PATH, { email: 'TAKEN@example.org', password: PASSWORD });
    expect(taken.status).to.equal(free.status);
    expect(taken.body).to.deep.equal({ ...free.body, email_pending: 'TAKEN@example.org' });
    const token = await issueEmailChange(client.user, 'TAKEN@example.org');
    expectFields(await anonymous.get(`/account/email/confirm/?token=${token}`), 'token');
    expect((await other.reload()).email).to.equal('taken@example.org');
  });

  it('mails the link, and a notice to the address before', async () => {
    const user = await makeUser({ email: 'ann@example.org', password: PASSWORD });
    const client = await clientOf(user);
    const box = await mailbox();
    try {
      await withProcess({ SMTP_URL: box.url, MAIL_FROM: 'marquee@example.org' }, async (server) => {
        await client.at(server).patch(PATH, { email: 'new@example.org', password: PASSWORD });
        const text = (await box.mail('new@example.org')).replaceAll('=\r\n', '').replaceAll('=3D', '=');
        expect(text).to.match(/^To: .*new@example\.org/im);
        const link = /http:\/\/\S+/.exec(text)?.[0] ?? '';
        const { pathname, searchParams } = new URL(link);
        expect(pathname).to.equal('/confirm-email');
        const token = searchParams.get('token');
        expectDetail(await anonymous.at(server).post('/account/email/confirm/', { token }), 200);
        expect(await box.mail('ann@example.org')).to.include('new@example.org');
      });
    } finally {
      box.close();
    }
    expect((await client.get(PATH)).body.email).to.equal('new@example.org');
  });

  it('mails the address of the API where there is no site', async () => {
    const client = await asUser({ password: PASSWORD });
    const box = await mailbox();
    try {
      await withProcess({ SMTP_URL: box.url, SITE: 'off' }, async (server) => {
        await client.at(server).patch(PATH, { email: 'new@example.org', password: PASSWORD });
        const { text } = partsOf(await box.mail('new@example.org'));
        const link = /http:\/\/\S+/.exec(text)?.[0] ?? '';
        expectDetail(await anonymous.at(server).get(new URL(link).pathname + new URL(link).search), 200);
      });
    } finally {
      box.close();
    }
    expect((await client.get(PATH)).body.email).to.equal('new@example.org');
  });

  it('changes it at once where no mail can be sent, and says there that it is taken', async () => {
    const client = await asUser({ password: PASSWORD });
    await makeUser({ email: 'taken@example.org' });
    const secrets = { SESSION_SECRET: 'x'.repeat(32), JWT_SECRET: 'y'.repeat(32) };
    await withProcess({ NODE_ENV: 'production', SITE: 'off', ...secrets }, async (server) => {
      const patch = (email: string) => client.at(server).patch(PATH, { email, password: PASSWORD });
      expectFields(await patch('TAKEN@example.org'), 'email');
      const { status, body } = await patch('new@example.org');
      expect(status).to.equal(200);
      expect(body).to.include({ email: 'new@example.org', email_pending: null });
    });
  });

  it('forgets the address with a new password', async () => {
    const client = await asUser({ password: PASSWORD });
    await client.patch(PATH, { email: 'new@example.org', password: PASSWORD });
    const NEW = 'louder-lantern-29';
    await client.post('/account/password/', {
      old_password: PASSWORD,
      new_password: NEW,
      new_password2: NEW,
    });
    expect(await EmailChange.count()).to.equal(0);
  });

  for (const [kind, takeBack] of Object.entries({
    'the present one': (client: UserClient) => client.patch(PATH, { email: client.user.email }),
    'another spelling of the present one': (client: UserClient) =>
      client.patch(PATH, { email: client.user.email.toUpperCase(), password: PASSWORD }),
    'one that an admin sets': (client: UserClient) => client.user.update({ email: 'set@example.org' }),
  }))
    it(`forgets the address for ${kind}`, async () => {
      const client = await asUser({ password: PASSWORD });
      await client.patch(PATH, { email: 'typo@example.org', password: PASSWORD });
      expect(await EmailChange.count()).to.equal(1);
      await takeBack(client);
      expect(await EmailChange.count()).to.equal(0);
    });

  it('ignores everything else', async () => {
    const client = await asUser();
    const { body: before } = await client.get(PATH);
    const answer = await client.patch(PATH, {
      username: 'other', role: 'admin', id: 7, is_active: false, date_joined: '2001-01-01T00:00:00Z', password: 'x',
    }); // prettier-ignore
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body).to.deep.equal({ ...before, email_pending: null });
  });

  it('refuses a bad e-mail', async () => {
    const client = await asUser({ password: PASSWORD });
    for (const email of ['nope', '', null]) {
      expectFields(await client.patch(PATH, { email, password: PASSWORD }), 'email');
    }
  });

  it("takes one's own e-mail in another case at once", async () => {
    const client = await asUser({ email: 'ann@example.org', password: PASSWORD });
    const { status, body } = await client.patch(PATH, { email: 'ANN@example.org', password: PASSWORD });
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
