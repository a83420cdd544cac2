import { expect } from 'chai';
import { issueToken } from '../../src/auth/tokens.js';
import { verifyPassword } from '../../src/auth/password.js';
import { AuthToken } from '../../src/models/auth-token.js';
import { HelpfulVote } from '../../src/models/helpful-vote.js';
import { ReviewReport } from '../../src/models/review-report.js';
import { SavedMovie } from '../../src/models/saved-movie.js';
import { User } from '../../src/models/user.js';
import { clientOf } from '../support/clients.js';
import { makeMovie, makeReview, makeUser, PASSWORD } from '../support/factories.js';
import { makeMember, PanelClient, staffClient } from '../support/panel.js';

describe('users in the panel', () => {
  const client = staffClient('admin', 'ada');

  it('are listed with how many reviews they wrote', async () => {
    const writer = await makeUser({ username: 'writer' });
    for (let count = 0; count < 3; count += 1)
      await makeReview({ user_id: writer.id, watchlist_id: (await makeMovie()).id });
    const { body } = await client.read('users/actions/list');
    const counts = body.records?.map(({ params }) => [params.username, params.review_count]);
    expect(counts).to.deep.equal([
      ['ada', 0],
      ['writer', 3],
    ]);
    const shown = await client.read(`users/records/${writer.id}/show`);
    expect(shown.body.record?.params.review_count).to.equal(3);
  });

  it('are shown with reports by and about them, and helpful votes given and received, and not with what they saved', async () => {
    const [writer, reader] = [await makeUser({ username: 'writer' }), await makeUser()];
    const movie = await makeMovie({ title: 'Heat' });
    const theirs = await makeReview({ user_id: writer.id, watchlist_id: movie.id });
    const other = await makeReview({ user_id: reader.id, watchlist_id: movie.id });
    await ReviewReport.create({ review_id: theirs.id, user_id: reader.id, reason: 'Spam' });
    await ReviewReport.create({
      review_id: theirs.id,
      user_id: client.user.id,
      reason: 'Spam',
      closed: new Date(),
    });
    await HelpfulVote.create({ review_id: theirs.id, user_id: reader.id });
    await ReviewReport.create({ review_id: other.id, user_id: writer.id, reason: 'Spam' });
    await HelpfulVote.create({ review_id: other.id, user_id: writer.id });
    await SavedMovie.keep(writer.id, movie.id);
    const { body } = await client.read(`users/records/${writer.id}/show`);
    const [about, by] = [[{ id: theirs.id, title: 'Heat' }], [{ id: other.id, title: 'Heat' }]];
    expect(body.record?.params).to.deep.include({
      reports_about: { count: 2, open: 1, reviews: about },
      reports_by: { count: 1, open: 1, reviews: by },
      helpful_received: { count: 1, reviews: about },
      helpful_given: { count: 1, reviews: by },
    });
    // No door of the panel leads to what members saved.
    expect(JSON.stringify(body)).to.not.match(/saved/i);
    for (const path of ['saved_movies/actions/list', 'SavedMovie/actions/list']) {
      expect((await client.read(path)).status, path).to.not.equal(200);
    }
    const moderator = await PanelClient.loggedIn(client.panel, await makeMember('moderator'));
    expect(JSON.stringify((await moderator.read(`users/records/${writer.id}/show`)).body)).to.not.include(
      'Heat',
    );
  });

  it('lose every session and token by POST, and not by GET', async () => {
    const user = await makeMember('moderator');
    const session = await PanelClient.loggedIn(client.panel, user);
    const api = await clientOf(user);
    await client.read(`users/records/${user.id}/endLogins`);
    expect((await session.fetch('/admin')).status).to.equal(200);
    const { body } = await client.send(`users/records/${user.id}/endLogins`);
    expect(body.notice).to.deep.include({ message: 'endedLogins_plural', options: { count: 2 } });
    expect((await session.fetch('/admin')).status).to.equal(303);
    expect((await api.get('/account/me/')).status).to.equal(401);
    expect(await AuthToken.count()).to.equal(0);
    expect((await session.send(`users/records/${client.user.id}/endLogins`)).status).to.equal(303);
  });

  it('are logged out at once when they are deactivated', async () => {
    const user = await makeMember('moderator');
    const session = await PanelClient.loggedIn(client.panel, user);
    await client.send(`users/records/${user.id}/edit`, { is_active: false });
    expect((await session.fetch('/admin')).status).to.equal(303);
    expect((await session.logIn(user.username)).status).to.equal(401);
  });

  it('can be given a password, which is never shown, nor its hash', async () => {
    const values = { username: 'carla', email: 'carla@example.org', role: 'moderator', is_active: 'true' };
    const weak = await client.send('users/actions/new', { ...values, password: 'carla123' });
    expect(weak.body.record?.errors.password?.message).to.include('too similar to the username');
    const created = await client.send('users/actions/new', {
      ...values,
      password: PASSWORD,
      own_password: PASSWORD,
    });
    expect(created.body.notice?.type).to.equal('success');
    const user = (await User.byUsername('carla')) as User;
    expect(await verifyPassword(user, PASSWORD)).to.equal(true);
    const read = [
      weak.body,
      created.body,
      (await client.read(`users/records/${user.id}/show`)).body,
      (await client.read(`users/records/${user.id}/edit`)).body,
      (await client.read('users/actions/list')).body,
      (await client.read('users/actions/search/carla')).body,
      (
        await client.send(`users/records/${user.id}/edit`, {
          password: 'another 1 entirely',
          own_password: PASSWORD,
        })
      ).body,
      await (await client.fetch('/admin/resources/users')).text(),
    ];
    for (const answer of read) {
      expect(JSON.stringify(answer)).to.not.match(/argon2|carla123|another 1|battery|_key"/);
    }
  });

  it('lose their sessions and tokens with a new password, and keep them with an empty one', async () => {
    const user = await makeMember('moderator');
    const theirs = await PanelClient.loggedIn(client.panel, user);
    await issueToken(user);
    await client.send(`users/records/${user.id}/edit`, {
      email: 'new@example.org',
      password: '',
      own_password: PASSWORD,
    });
    expect(await verifyPassword(await user.reload(), PASSWORD)).to.equal(true);
    expect((await theirs.fetch('/admin')).status).to.equal(200);
    await client.send(`users/records/${user.id}/edit`, {
      password: 'a much better one',
      own_password: PASSWORD,
    });
    expect(await verifyPassword(await user.reload(), 'a much better one')).to.equal(true);
    expect((await theirs.fetch('/admin')).status).to.equal(303);
    expect(await AuthToken.count({ where: { user_id: user.id } })).to.equal(0);
  });

  it('stay logged in when they set their own password', async () => {
    const other = await PanelClient.loggedIn(client.panel, client.user);
    await client.send(`users/records/${client.user.id}/edit`, { password: PASSWORD, own_password: PASSWORD });
    expect((await client.fetch('/admin')).status).to.equal(200);
    expect((await other.fetch('/admin')).status).to.equal(303);
  });

  it('are refused at their fields', async () => {
    await makeMember('user', 'Berta');
    const { body } = await client.send('users/actions/new', {
      username: 'bad name',
      email: 'nowhere',
      role: 'emperor',
      password: '123',
    });
    expect(body.record?.errors).to.have.all.keys('username', 'email', 'role', 'password');
    const taken = await client.send('users/actions/new', { username: 'BERTA', email: 'b@example.org' });
    expect(taken.body.record?.errors.username?.message).to.equal('A user with that username already exists.');
    const mail = await client.send('users/actions/new', { username: 'b2', email: 'Berta@Example.org' });
    expect(mail.body.record?.errors.email?.message).to.equal('A user with that email already exists.');
  });

  it('cannot demote, deactivate or delete themselves', async () => {
    const path = `users/records/${client.user.id}`;
    const demoted = await client.send(`${path}/edit`, {
      role: 'user',
      is_active: 'false',
      own_password: PASSWORD,
    });
    expect(demoted.body.record?.errors).to.have.all.keys('role', 'is_active');
    expect((await client.send(`${path}/delete`)).status).to.equal(403);
    const many = await client.send(`users/bulk/bulkDelete?recordIds=${client.user.id}`);
    expect(many.body.notice?.message).to.equal('You cannot delete yourself.');
    expect(await client.user.reload()).to.include({ username: client.user.username });
    const { body } = await client.send(`${path}/edit`, { email: 'mine@example.org', own_password: PASSWORD });
    expect(body.notice?.type).to.equal('success');
  });

  it('are deleted with their reviews', async () => {
    const movie = await makeMovie();
    const review = await makeReview({ watchlist_id: movie.id, rating: 2 });
    await makeReview({ watchlist_id: movie.id, rating: 4 });
    await client.send(`users/records/${review.user_id}/delete`);
    expect(await movie.reload()).to.include({ number_rating: 1, avg_rating: 4 });
  });

  it('cannot delete themselves with others', async () => {
    const user = await makeUser();
    const answer = await client.send(`users/bulk/bulkDelete?recordIds=${user.id},${client.user.id}`);
    expect(answer.body.notice).to.deep.include({ type: 'error', message: 'You cannot delete yourself.' });
    expect(await User.count()).to.equal(2);
  });
});
