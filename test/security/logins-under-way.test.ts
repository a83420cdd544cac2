import { expect } from 'chai';
import { AuthToken } from '../../src/models/auth-token.js';
import { JwtFamily } from '../../src/models/jwt-family.js';
import { Session } from '../../src/models/session.js';
import { User } from '../../src/models/user.js';
import { endLogins } from '../../src/auth/end-logins.js';
import { makeMember, PanelClient, startPanel } from '../support/panel.js';
import { anonymous, type Client, clientOf } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import type { Server } from '../support/server.js';

const AT_ONCE = 20;
const NEW = 'louder-lantern-29';

/** What ends all logins, by the test's name for it. */
const ENDINGS: Record<string, (user: User, client: Client) => Promise<unknown>> = {
  'a new password': (_user, client) =>
    client.post('/account/password/', { old_password: PASSWORD, new_password: NEW, new_password2: NEW }),
  'logout-all': (_user, client) => client.post('/account/logout-all/'),
  'a deactivation': (user) => user.update({ is_active: false }).then(() => endLogins(user.id)),
};

/** Changes the password, to another one for each index. */
const change = (client: Client, index: number) => {
  const password = `${NEW}-${index}`;
  const body = { old_password: PASSWORD, new_password: password, new_password2: password };
  return client.post('/account/password/', body);
};

describe('logins that are under way', () => {
  for (const [name, end] of Object.entries(ENDINGS)) {
    it(`do not outlive ${name}`, async () => {
      const user = await makeUser({ password: PASSWORD });
      const client = await clientOf(user);
      const credentials = { username: user.username, password: PASSWORD };
      const logins = Array.from({ length: AT_ONCE }, (_, index) =>
        anonymous.post(index % 2 === 0 ? '/account/login/' : '/account/token/', credentials),
      );
      // While their passwords are being verified.
      const ended = await end(user, client);
      const answers = await Promise.all(logins);

      const living = async ({ body }: (typeof answers)[number]) => {
        const headers = body.token ? `Token ${body.token}` : `Bearer ${body.access}`;
        return (await anonymous.get('/account/me/', { Authorization: headers })).status === 200;
      };
      expect((ended as { status?: number }).status ?? 200).to.equal(200);
      const given = answers.filter(({ status }) => status === 200);
      const alive = await Promise.all(given.map(living));
      if (name === 'logout-all') {
        // A login that begins after it, with the right password, is a new one.
        expect(await JwtFamily.count({ where: { user_id: user.id } })).to.be.at.most(AT_ONCE / 2);
      } else {
        expect(alive.filter(Boolean)).to.have.length(0);
        const own = name === 'a new password' ? 1 : 0;
        expect(await AuthToken.count({ where: { user_id: user.id } })).to.equal(own);
        expect(await JwtFamily.count({ where: { user_id: user.id } })).to.equal(0);
      }
    });
  }

  it('of two changes from one old password let one succeed', async () => {
    const user = await makeUser({ password: PASSWORD });
    const clients = await Promise.all(Array.from({ length: 4 }, () => clientOf(user)));
    const answers = await Promise.all(clients.map(change));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    for (const { status } of answers) expect(status).to.be.oneOf([200, 400, 401]);
  });

  describe('into the panel', () => {
    let panel: Server;
    before(async () => {
      panel = await startPanel({});
    });
    after(() => panel.close());

    it('do not outlive a new password', async () => {
      const admin = await makeMember('admin');
      const client = await clientOf(admin);
      const body = () => new URLSearchParams({ email: admin.username, password: PASSWORD });
      const logins = Array.from({ length: AT_ONCE }, () =>
        new PanelClient(panel).fetch('/admin/login', { method: 'POST', body: body() }),
      );
      const ended = await ENDINGS['a new password']?.(admin, client);
      await Promise.all(logins);
      expect((ended as { status: number }).status).to.equal(200);
      expect(await Session.count({ where: { user_id: admin.id } })).to.equal(0);
    });
  });
});
