import { expect } from 'chai';
import { confirmEmailChange, issueEmailChange } from '../../src/auth/email-changes.js';
import { beginFamily } from '../../src/auth/jwt-families.js';
import { issueReset, findResetUser } from '../../src/auth/password-resets.js';
import { signPair } from '../../src/auth/jwt.js';
import { AuthToken } from '../../src/models/auth-token.js';
import { User } from '../../src/models/user.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';
import { anonymous, Client, clientOf } from '../support/clients.js';
import { PASSWORD } from '../support/factories.js';
import { expectFields } from '../support/refusals.js';
import type { Server } from '../support/server.js';

const NEW = 'louder-lantern-29';
const fresh = { new_password: NEW, new_password2: NEW };

/** One login of each kind. */
interface Logins {
  token: Client;
  access: Client;
  refresh: string;
  session: PanelClient;
}

describe('what ends logins', () => {
  let panel: Server;
  let user: User;
  let logins: Logins;

  before(async () => {
    panel = await sharedPanel();
  });

  beforeEach(async () => {
    user = await makeMember('moderator');
    const pair = await signPair(await beginFamily(user));
    logins = {
      token: await clientOf(user),
      access: new Client({ Authorization: `Bearer ${pair.access}` }),
      refresh: pair.refresh,
      session: await PanelClient.loggedIn(panel, user),
    };
    await expectLogins(200);
  });

  /** Expects that all logins of the user work, or that none does. */
  async function expectLogins(status: 200 | 401): Promise<void> {
    expect((await logins.token.get('/account/me/')).status, 'opaque token').to.equal(status);
    expect((await logins.access.get('/account/me/')).status, 'access JWT').to.equal(status);
    expect((await logins.session.fetch('/admin')).status, 'panel session').to.equal(
      status === 200 ? 200 : 303,
    );
    if (status === 200) return;
    const refreshed = await anonymous.post('/account/token/refresh/', { refresh: logins.refresh });
    expect(refreshed.status, 'refresh JWT').to.equal(401);
  }

  it('logout-all, by whichever login', async () => {
    const answer = await logins.access.post('/account/logout-all/');
    expect(answer.status, answer.text).to.equal(200);
    await expectLogins(401);
  });

  it('a new password, except for the login that set it', async () => {
    const here = await clientOf(user);
    const answer = await here.post('/account/password/', { old_password: PASSWORD, ...fresh });
    expect(answer.status, answer.text).to.equal(200);
    await expectLogins(401);
    expect((await here.get('/account/me/')).status).to.equal(200);
  });

  it('a password reset', async () => {
    const token = await issueReset(user);
    const answer = await anonymous.post('/account/password-reset/confirm/', { token, ...fresh });
    expect(answer.status, answer.text).to.equal(200);
    await expectLogins(401);
  });

  it('is_active = false, from the next request on', async () => {
    await user.update({ is_active: false });
    await expectLogins(401);
  });

  it('deactivation in the panel; activation does not bring them back', async () => {
    const admin = await PanelClient.loggedIn(panel, await makeMember('admin'));
    const edit = async (is_active: boolean) => {
      const { body } = await admin.send(`users/records/${user.id}/edit`, {
        is_active,
        own_password: PASSWORD,
      });
      expect(body.notice?.type).to.equal('success');
    };
    await edit(false);
    await expectLogins(401);
    await edit(true);
    expect((await user.reload()).is_active).to.equal(true);
    await expectLogins(401);
  });

  it('a new password that an admin sets in the panel', async () => {
    const admin = await PanelClient.loggedIn(panel, await makeMember('admin'));
    await admin.send(`users/records/${user.id}/edit`, { password: NEW, own_password: PASSWORD });
    await expectLogins(401);
  });

  it('deletion of the account', async () => {
    const answer = await (await clientOf(user)).delete('/account/me/', { password: PASSWORD });
    expect(answer.status, answer.text).to.equal(204);
    await expectLogins(401);
  });

  it("nobody else's", async () => {
    const other = await makeMember('moderator');
    await (await clientOf(other)).post('/account/logout-all/');
    await expectLogins(200);
  });

  it('also applies to mailed resets: a new password or another address voids them', async () => {
    const confirm = (token: string) =>
      anonymous.post('/account/password-reset/confirm/', { token, ...fresh });
    const client = await clientOf(user);

    const before = await issueReset(user);
    await client.post('/account/password/', { old_password: PASSWORD, ...fresh });
    expectFields(await confirm(before), 'token');

    const mailed = await issueReset(await user.reload());
    expect((await client.patch('/account/me/', { email: user.email })).status).to.equal(200);
    expect(await findResetUser(mailed), 'the address has not changed').not.to.equal(null);
    expect(
      (await client.patch('/account/me/', { email: 'moved@example.org', password: fresh.new_password }))
        .status,
    ).to.equal(200);
    await user.reload();
    await confirmEmailChange(await issueEmailChange(user, 'moved@example.org'));
    expectFields(await confirm(mailed), 'token');
    expect(await AuthToken.count({ where: { user_id: user.id } })).to.equal(1);
  });
});
