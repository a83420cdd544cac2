import { expect } from 'chai';
import { AuditEntry } from '../../src/audit/audit-entry.js';
import { AuthToken } from '../../src/models/auth-token.js';
import { Session } from '../../src/models/session.js';
import { Authenticator, logInWith } from '../support/authenticator.js';
import { clientOf } from '../support/clients.js';
import { PASSWORD } from '../support/factories.js';
import { makeMember, PanelClient, staffClient } from '../support/panel.js';
import { location, send, stateOf } from '../support/panel-pages.js';

const NEW = 'louder-lantern-29';

describe('one’s own account in the panel', () => {
  const staff = staffClient('moderator');
  const act = (fields: Record<string, string>) => send(staff, '/admin/account', fields);

  it('says that something is done only where a form of the page has done it', async () => {
    expect(await stateOf(await staff.fetch('/admin/account?done=password'))).to.include({ done: 'password' });
    for (const name of ['constructor', '__proto__', 'nothing'])
      expect(await stateOf(await staff.fetch(`/admin/account?done=${name}`)), name).not.to.have.property(
        'done',
      );
  });

  it('sets the second factor up and switches it off', async () => {
    const refused = await act({ form: 'factor', password: 'x' });
    expect(refused.status).to.equal(400);
    expect((await stateOf(refused)).refused).to.deep.equal({
      form: 'factor',
      faults: { password: ['Your password was entered incorrectly.'] },
    });
    const other = await clientOf(staff.user);
    const begun = await stateOf(await act({ form: 'factor', password: PASSWORD }));
    const setup = begun.setup as { secret: string; sealed: string };
    const app = new Authenticator(staff.user.id, setup.secret);
    const wrong = await act({ form: 'factor-confirm', otp: '1', setup: setup.sealed });
    expect(wrong.status).to.equal(400);
    expect((await stateOf(wrong)).setup, 'the QR code is still there').to.include({ secret: setup.secret });
    const on = await stateOf(await act({ form: 'factor-confirm', otp: app.code(), setup: setup.sealed }));
    expect(on.codes).to.have.length(10);
    expect((await other.get('/account/me/')).status, 'a login without it').to.equal(401);
    const off = await act({ form: 'factor-off', password: PASSWORD, otp: await app.fresh() });
    expect(location(off)).to.deep.equal([303, '/admin/account?done=factor-off']);
    expect((await staff.fetch('/admin')).status, 'this session stays').to.equal(200);
    const entries = await AuditEntry.findAll({ order: [['id', 'ASC']] });
    expect(entries.map(({ action }) => action).filter((action) => action.startsWith('otp'))).to.deep.equal([
      'otp_on',
      'otp_off',
    ]);
    expect(JSON.stringify(entries)).not.to.include(setup.secret);
  });

  it('changes password and address, with the present password', async () => {
    const token = await clientOf(staff.user);
    const fresh = { new_password: NEW, new_password2: NEW };
    expect((await act({ form: 'password', old_password: 'x', ...fresh })).status).to.equal(400);
    expect((await act({ form: 'email', email: 'x', password: PASSWORD })).status).to.equal(400);
    const changed = await act({ form: 'password', old_password: PASSWORD, ...fresh });
    expect(location(changed)).to.deep.equal([303, '/admin/account?done=password']);
    expect((await token.get('/account/me/')).status).to.equal(401);
    expect(
      (await stateOf(await act({ form: 'email', email: 'new@example.org', password: NEW }))).emailPending,
    ).to.equal('new@example.org');
    expect((await logInWith(staff.user.username, undefined, NEW)).status).to.equal(200);
    expect((await staff.fetch('/admin/account')).status).to.equal(200);
  });

  it('shows sessions and tokens, and ends them, but none of others', async () => {
    await PanelClient.loggedIn(staff.panel, staff.user);
    const token = await clientOf(staff.user);
    const colleague = await PanelClient.loggedIn(staff.panel, await makeMember('admin'));
    const [theirs] = (await stateOf(await colleague.fetch('/admin/account'))).sessions as { id: string }[];
    const state = await stateOf(await staff.fetch('/admin/account'));
    const sessions = state.sessions as { id: string; current: boolean }[];
    const tokens = state.tokens as { id: string }[];
    expect([sessions.length, tokens.length]).to.deep.equal([2, 1]);
    const ended = sessions.find(({ current }) => !current)?.id ?? '';
    for (const [form, id] of [
      ['session', ended],
      ['token', tokens[0]?.id ?? ''],
      ['session', theirs?.id ?? ''],
      ['token', '999999'],
    ] as const)
      expect((await act({ form, id })).status).to.equal(303);
    expect(await Session.count({ where: { user_id: staff.user.id } })).to.equal(1);
    expect(await AuthToken.count()).to.equal(0);
    expect((await token.get('/account/me/')).status).to.equal(401);
    expect((await colleague.fetch('/admin/account')).status).to.equal(200);
  });

  it('is for those who are logged in, and for forms of its own', async () => {
    expect((await new PanelClient(staff.panel).fetch('/admin/account')).status).to.equal(303);
    const forged = await staff.fetch('/admin/account', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ form: 'factor', password: PASSWORD }),
    });
    expect(forged.status).to.equal(403);
    for (const form of ['', 'constructor', '__proto__'])
      expect(location(await act({ form }))).to.deep.equal([303, '/admin/account']);
  });
});
