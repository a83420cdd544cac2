import { expect } from 'chai';
import { AuditEntry } from '../../src/audit/audit-entry.js';
import { hashPassword, verifyPassword } from '../../src/auth/password.js';
import { User } from '../../src/models/user.js';
import { PASSWORD } from '../support/factories.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel, startPanel } from '../support/panel.js';

const NEEDED = 'Your own password is needed for this change.';
const WRONG = 'Your password was entered incorrectly.';

describe('making and taking over staff in the panel', () => {
  let panel: Server;
  let admin: User;
  let client: PanelClient;
  before(async () => {
    panel = await sharedPanel();
  });
  beforeEach(async () => {
    admin = await makeMember('admin');
    client = await PanelClient.loggedIn(panel, admin);
  });

  type Fields = Record<string, string | boolean>;
  /** What is at the field of the own password; undefined if the form was taken. */
  const fault = async (path: string, fields: Fields) => {
    const { status, body } = await client.send(`users/${path}`, fields);
    expect(status).to.equal(200);
    const errors = Object.keys(body.record?.errors ?? {}).filter((name) => name !== 'own_password');
    expect(errors).to.deep.equal([]);
    expect(JSON.stringify(body)).not.to.include(PASSWORD);
    return body.record?.errors.own_password?.message;
  };
  /** Restores a version of the user's first change; tells the notice and what is at the field of the own password. */
  const restorerOf = async (user: User) => {
    const [entry] = await AuditEntry.findAll({ where: { resource: 'users', record_id: user.id } });
    return async (version: string, own_password = '') => {
      const { body } = await client.send(`audit_log/records/${entry?.id}/restore`, { version, own_password });
      return [body.notice?.message, body.record?.errors.own_password?.message];
    };
  };
  const person = { username: 'carla', email: 'carla@example.org', password: 'louder-harbour-72' };

  it('asks for one’s own password in a new user’s form', async () => {
    for (const role of ['moderator', 'admin']) {
      const fields = { ...person, role };
      expect(await fault('actions/new', fields)).to.equal(NEEDED);
      expect(await fault('actions/new', { ...fields, own_password: '' })).to.equal(NEEDED);
      expect(await fault('actions/new', { ...fields, own_password: 'louder-harbour-72' })).to.equal(WRONG);
      expect(await fault('actions/new', { ...fields, is_active: false })).to.equal(NEEDED);
      expect(await User.byUsername('carla')).to.equal(null);
      expect(await fault('actions/new', { ...fields, own_password: PASSWORD })).to.equal(undefined);
      const user = (await User.byUsername('carla')) as User;
      expect(user.role).to.equal(role);
      await user.destroy();
    }
    expect(await fault('actions/new', person)).to.equal(undefined);
  });

  it('asks for it where someone gains rights or another address for staff, and nowhere else', async () => {
    for (const [stored, change, isAsked] of [
      [{ role: 'user' }, { role: 'moderator' }, true],
      [{ role: 'user' }, { role: 'admin' }, true],
      [{ role: 'moderator' }, { role: 'admin' }, true],
      [{ role: 'moderator', is_active: false }, { is_active: true }, true],
      [{ role: 'user', is_active: false }, { role: 'admin', is_active: true }, true],
      [{ role: 'admin' }, { role: 'moderator' }, false],
      [{ role: 'moderator' }, { role: 'user' }, true],
      [{ role: 'admin' }, { role: 'user' }, true],
      [{ role: 'moderator' }, { is_active: false }, false],
      [{ role: 'user', is_active: false }, { is_active: true }, false],
      [{ role: 'admin' }, { username: 'other', role: 'admin', is_active: true }, false],
      [{ role: 'admin' }, { email: 'other@example.org' }, true],
      [{ role: 'moderator' }, { email: 'other@example.org', role: 'user' }, true],
      [{ role: 'user' }, { email: 'other@example.org' }, false],
    ] as const) {
      const user = await (await makeMember('user')).update(stored);
      const path = `records/${user.id}/edit`;
      const told = JSON.stringify([stored, change]);
      if (isAsked) {
        expect(await fault(path, change), told).to.equal(NEEDED);
        expect(await fault(path, { ...change, own_password: 'wrong' }), told).to.equal(WRONG);
        expect(await user.reload(), told).to.include(stored);
      }
      expect(await fault(path, isAsked ? { ...change, own_password: PASSWORD } : change), told).to.equal(
        undefined,
      );
      expect(await user.reload(), told).to.include(change);
      await user.destroy();
    }
  });

  it('asks for it before the password of staff changes, one’s own too', async () => {
    const password = 'louder-harbour-72';
    for (const [user, isAsked] of [
      [admin, true],
      [await makeMember('admin'), true],
      [await makeMember('moderator'), true],
      [await makeMember('user'), false],
    ] as const) {
      const path = `records/${user.id}/edit`;
      if (isAsked) {
        expect(await fault(path, { password }), user.role).to.equal(NEEDED);
        expect(await fault(path, { password, own_password: 'wrong' }), user.role).to.equal(WRONG);
        // A member of staff who becomes a plain user with the same form is no way around.
        if (user !== admin) expect(await fault(path, { password, role: 'user' }), user.role).to.equal(NEEDED);
        expect(await verifyPassword(await user.reload(), PASSWORD), user.role).to.equal(true);
      }
      expect(await fault(path, { password, ...(isAsked && { own_password: PASSWORD }) })).to.equal(undefined);
      expect(await verifyPassword(await user.reload(), password), user.role).to.equal(true);
      await user.update({ password: await hashPassword(PASSWORD) });
    }
  });

  it('asks for it before a version is restored that gives staff another address', async () => {
    const user = await makeMember('moderator');
    const { email } = user;
    await fault(`records/${user.id}/edit`, { email: 'new@example.org', own_password: PASSWORD });
    const restore = await restorerOf(user);
    expect(await restore('before')).to.deep.equal(['cannotRestore', NEEDED]);
    expect((await user.reload()).email).to.equal('new@example.org');
    expect(await restore('before', PASSWORD)).to.deep.equal(['restored', undefined]);
    expect((await user.reload()).email).to.equal(email);
  });

  it('takes no password of another, and none from the address', async () => {
    const user = await makeMember('user');
    await user.update({ password: null });
    const path = `records/${user.id}/edit?own_password=${PASSWORD}&ownPasswordFault=`;
    expect(await fault(path, { role: 'admin', ownPasswordFault: '' })).to.equal(NEEDED);
    expect((await user.reload()).role).to.equal('user');
  });

  it('asks for it before a version is restored that gives rights', async () => {
    const user = await makeMember('user');
    await fault(`records/${user.id}/edit`, { role: 'moderator', own_password: PASSWORD });
    await fault(`records/${user.id}/edit`, { role: 'user', own_password: PASSWORD });
    const restore = await restorerOf(user);
    expect(await restore('after')).to.deep.equal(['cannotRestore', NEEDED]);
    expect(await restore('after', 'wrong')).to.deep.equal(['cannotRestore', WRONG]);
    expect((await user.reload()).role).to.equal('user');
    expect(await restore('after', PASSWORD)).to.deep.equal(['restored', undefined]);
    expect((await user.reload()).role).to.equal('moderator');
    expect(await restore('before')).to.deep.equal(['cannotRestore', NEEDED]);
    expect(await restore('before', PASSWORD)).to.deep.equal(['restored', undefined]);
  });

  it('is never in the audit log', async () => {
    await fault('actions/new', { ...person, role: 'admin', own_password: PASSWORD });
    expect(JSON.stringify(await AuditEntry.findAll())).not.to.include(PASSWORD);
  });

  it('counts as an attempt to log in: it cannot be guessed in an open panel', async () => {
    const throttled = await startPanel({ THROTTLE_LOGIN: { limit: 3, windowMs: 60_000 } });
    try {
      client = new PanelClient(throttled);
      expect((await client.logIn(admin.username)).status).to.equal(303);
      const user = await makeMember('user');
      const guess = (own_password: string) =>
        fault(`records/${user.id}/edit`, { role: 'admin', own_password });
      expect(await guess('wrong 1')).to.equal(WRONG);
      expect(await guess('wrong 2')).to.equal(WRONG);
      expect(await guess(PASSWORD)).to.match(/^Request was throttled/);
      expect((await user.reload()).role).to.equal('user');
    } finally {
      await throttled.close();
    }
  });
});
