import { expect } from 'chai';
import { AuthToken } from '../../src/models/auth-token.js';
import { User } from '../../src/models/user.js';
import { clientOf } from '../support/clients.js';
import { makeMovie, makeReview, makeUser, PASSWORD } from '../support/factories.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';

const activeAdmins = () => User.count({ where: { role: 'admin', is_active: true } });

describe('users in the panel', () => {
  let panel: Server;
  let admin: User;
  let client: PanelClient;
  before(async () => {
    panel = await sharedPanel();
  });
  beforeEach(async () => {
    admin = await makeMember('admin', 'ada');
    client = await PanelClient.loggedIn(panel, admin);
  });

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

  it('lose every session and token at a press of a button, and not by looking at it', async () => {
    const user = await makeMember('moderator');
    const session = await PanelClient.loggedIn(panel, user);
    const api = await clientOf(user);
    await client.read(`users/records/${user.id}/endLogins`);
    expect((await session.fetch('/admin')).status).to.equal(200);
    const { body } = await client.send(`users/records/${user.id}/endLogins`);
    expect(body.notice).to.deep.include({ message: 'endedLogins_plural', options: { count: 2 } });
    expect((await session.fetch('/admin')).status).to.equal(303);
    expect((await api.get('/account/me/')).status).to.equal(401);
    expect(await AuthToken.count()).to.equal(0);
    expect((await session.send(`users/records/${admin.id}/endLogins`)).status).to.equal(303);
  });

  it('are shut out at once when they are deactivated', async () => {
    const user = await makeMember('moderator');
    const session = await PanelClient.loggedIn(panel, user);
    await client.send(`users/records/${user.id}/edit`, { is_active: false });
    expect((await session.fetch('/admin')).status).to.equal(303);
    expect((await session.logIn(user.username)).status).to.equal(401);
  });

  describe('of whom the last active admin', () => {
    it('cannot be demoted, deactivated or deleted by a colleague who no longer is one', async () => {
      const second = await makeMember('admin');
      const late = await PanelClient.loggedIn(panel, second);
      await second.update({ is_active: false });
      expect((await late.send(`users/records/${admin.id}/delete`)).status).to.equal(303);
      expect(await activeAdmins()).to.equal(1);
    });

    it('is told so at the field', async () => {
      for (const [field, values] of [
        ['role', { role: 'moderator' }],
        ['is_active', { is_active: false }],
      ] as const) {
        const fault = await admin.update(values).then(
          () => null,
          (error: { errors: { path: string; message: string }[] }) => error.errors[0],
        );
        expect(fault?.path).to.equal(field);
        expect(fault?.message).to.match(/^The last active admin cannot be/);
        await admin.reload();
      }
    });

    it('cannot leave by the API, and a last but one can', async () => {
      const api = (await clientOf(admin)).at(panel);
      const refused = await api.delete('/account/me/', { password: PASSWORD });
      expect([refused.status, refused.body]).to.deep.equal([
        400,
        { non_field_errors: ['The last active admin cannot be deleted.'] },
      ]);
      await makeUser({ role: 'admin', is_active: false });
      expect((await api.delete('/account/me/', { password: PASSWORD })).status).to.equal(400);
      await makeUser({ role: 'admin' });
      expect((await api.delete('/account/me/', { password: PASSWORD })).status).to.equal(204);
    });

    it('is left when two demote, deactivate or delete each other at one instant', async () => {
      const ways = [
        ['edit', { role: 'user' }],
        ['edit', { is_active: false }],
        ['delete', {}],
      ] as const;
      for (const [action, fields] of ways) {
        await User.update({ role: 'user' }, { where: { role: 'moderator' } });
        const other = await makeMember('admin');
        const others = await PanelClient.loggedIn(panel, other);
        const left = await User.findOne({ where: { role: 'admin', is_active: true } });
        const first = left as User;
        const mine = await PanelClient.loggedIn(panel, first);
        await Promise.all([
          mine.send(`users/records/${other.id}/${action}`, fields),
          others.send(`users/records/${first.id}/${action}`, fields),
        ]);
        expect(await activeAdmins(), JSON.stringify(fields)).to.equal(1);
      }
    });

    it('is left when all leave at once, and when a bulk action means them all', async () => {
      const admins = [admin, ...(await Promise.all([1, 2, 3].map(() => makeMember('admin'))))];
      const clients = await Promise.all(admins.map(async (one) => (await clientOf(one)).at(panel)));
      const answers = await Promise.all(
        clients.map((one) => one.delete('/account/me/', { password: PASSWORD })),
      );
      expect(answers.map(({ status }) => status)).to.have.members([204, 204, 204, 400]);
      await makeUser({ role: 'admin' });
      const refused = await User.update({ role: 'user' }, { where: { role: 'admin' } }).catch(String);
      expect(refused).to.include('last active admin');
      expect(await activeAdmins()).to.equal(2);
    });
  });

  it('cannot delete themselves with others', async () => {
    const user = await makeUser();
    const answer = await client.send(`users/bulk/bulkDelete?recordIds=${user.id},${admin.id}`);
    expect(answer.body.notice).to.deep.include({ type: 'error', message: 'You cannot delete yourself.' });
    expect(await User.count()).to.equal(2);
  });
});
