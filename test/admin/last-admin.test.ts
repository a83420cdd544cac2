import { expect } from 'chai';
import { User } from '../../src/models/user.js';
import { clientOf } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { makeMember, PanelClient, staffClient } from '../support/panel.js';

const activeAdmins = () => User.count({ where: { role: 'admin', is_active: true } });

describe('the last active admin', () => {
  const client = staffClient('admin', 'ada');
  let admin: User;
  beforeEach(() => {
    admin = client.user;
  });

  it('cannot be demoted, deactivated or deleted by a colleague who no longer is one', async () => {
    const second = await makeMember('admin');
    const late = await PanelClient.loggedIn(client.panel, second);
    await second.update({ is_active: false });
    expect((await late.send(`users/records/${admin.id}/delete`)).status).to.equal(303);
    expect(await activeAdmins()).to.equal(1);
  });

  it('is refused with an error at the field', async () => {
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

  it('cannot delete the account through the API, but the last but one can', async () => {
    const api = (await clientOf(admin)).at(client.panel);
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

  it('remains when two demote, deactivate or delete each other at once', async () => {
    const ways = [
      ['edit', { role: 'user', own_password: PASSWORD }],
      ['edit', { is_active: false }],
      ['delete', {}],
    ] as const;
    for (const [action, fields] of ways) {
      await User.update({ role: 'user' }, { where: { role: 'moderator' } });
      const other = await makeMember('admin');
      const others = await PanelClient.loggedIn(client.panel, other);
      const left = await User.findOne({ where: { role: 'admin', is_active: true } });
      const first = left as User;
      const mine = await PanelClient.loggedIn(client.panel, first);
      await Promise.all([
        mine.send(`users/records/${other.id}/${action}`, fields),
        others.send(`users/records/${first.id}/${action}`, fields),
      ]);
      expect(await activeAdmins(), JSON.stringify(fields)).to.equal(1);
    }
  });

  it('remains when all delete their accounts at once, and after a bulk action on all', async () => {
    const admins = [admin, ...(await Promise.all([1, 2, 3].map(() => makeMember('admin'))))];
    const clients = await Promise.all(admins.map(async (one) => (await clientOf(one)).at(client.panel)));
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
