import { verify } from '@node-rs/argon2';
import { expect } from 'chai';
import { startCommand } from '../support/processes.js';
import { count, rows, runInProcess, write } from './commands.js';

const PASSWORD = 'a lantern by the harbour';

/** The arguments that name a user. */
function named(username: string, email: string, password?: string): string[] {
  const args = ['--username', username, '--email', email];
  return password === undefined ? args : [...args, '--password', password];
}

const createAdmin = (...args: Parameters<typeof named>) => runInProcess('create-admin', named(...args));

const resetOtp = (username: string) => runInProcess('create-admin', ['--username', username, '--reset-otp']);

const userOf = async (username: string) =>
  (await rows(`SELECT * FROM users WHERE username = '${username}'`))[0] ?? {};

describe('create-admin', function () {
  this.timeout(60_000);

  it('makes an admin with the given password', async () => {
    const { status, out } = await startCommand('create-admin', named('Ana', 'ana@example.org', PASSWORD));
    expect(status).to.equal(0);
    expect(out).to.contain('Ana');
    expect(out).not.to.contain(PASSWORD);
    const user = await userOf('Ana');
    expect(user).to.include({ email: 'ana@example.org', role: 'admin', is_active: 1 });
    expect(await verify(user.password as string, PASSWORD)).to.equal(true);
  });

  it('reads the password from standard input', async () => {
    const given = { input: `${PASSWORD}\n` };
    const piped = await startCommand('create-admin', named('ana', 'ana@example.org'), given);
    expect(piped.status).to.equal(0);
    expect(await verify((await userOf('ana')).password as string, PASSWORD)).to.equal(true);
    const none = await startCommand('create-admin', named('ben', 'ben@example.org'));
    expect(none.status).to.equal(1);
    expect(none.error).to.contain('No password');
  });

  it('shows its usage', async () => {
    for (const args of [[], ['--username', 'ana'], ['--name', 'ana']]) {
      const { status, error } = await runInProcess('create-admin', args);
      expect(status, args.join(' ')).to.equal(2);
      expect(error).to.contain('Usage: npm run create-admin');
    }
  });

  describe('with an existing user', () => {
    beforeEach(async () => {
      expect((await createAdmin('ana', 'ana@example.org', PASSWORD)).status).to.equal(0);
    });

    it('promotes and activates the user, and keeps e-mail and password', async () => {
      const { password } = await userOf('ana');
      await write("UPDATE users SET role = 'user', is_active = 0");
      const { status, out } = await createAdmin('ANA', 'other@example.org');
      expect(status).to.equal(0);
      expect(out).to.contain('ana (ana@example.org) is an admin now');
      expect(await userOf('ana')).to.include({
        role: 'admin',
        is_active: 1,
        email: 'ana@example.org',
        password,
      });
      expect(await count('users')).to.equal(1);
      const entries = await rows('SELECT action, door, record_title, changes FROM audit_log ORDER BY id');
      expect(entries.map(({ action }) => action)).to.deep.equal(['create', 'update']);
      expect(entries[1]).to.include({ door: 'command', record_title: 'ana' });
      expect(JSON.stringify(entries)).to.not.include('argon2');
    });

    it('changes the password if a valid one is given', async () => {
      await write("UPDATE users SET role = 'user'");
      const refused = await createAdmin('ana', 'ana@example.org', '1234');
      expect(refused.status).to.equal(1);
      expect((await userOf('ana')).role).to.equal('user');
      expect((await createAdmin('ana', 'ana@example.org', `${PASSWORD}!`)).status).to.equal(0);
      expect(await verify((await userOf('ana')).password as string, `${PASSWORD}!`)).to.equal(true);
    });

    it('switches a lost second factor off, and ends every session', async () => {
      const id = Number((await userOf('ana')).id);
      await write(`INSERT INTO otp_factors (user_id, secret, key_id) VALUES (${id}, 'sealed', 'key')`);
      await write(`INSERT INTO recovery_codes (user_id, code_hash) VALUES (${id}, '${'0'.repeat(64)}')`);
      const { security_stamp } = await userOf('ana');
      const { status, out } = await resetOtp('ANA');
      expect(status).to.equal(0);
      expect(out).to.contain('The second factor of ana is off');
      expect(await userOf('ana'))
        .to.have.property('security_stamp')
        .not.equal(security_stamp);
      expect([await count('otp_factors'), await count('recovery_codes')]).to.deep.equal([0, 0]);
      const entries = await rows("SELECT door FROM audit_log WHERE action = 'otp_off'");
      expect(entries).to.deep.equal([{ door: 'command' }]);
      expect((await resetOtp('ANA')).out).to.contain('ana has no second factor');

      const unknown = await resetOtp('ben');
      expect([unknown.status, unknown.error]).to.deep.equal([1, 'There is no user ben.\n']);
      const both = await runInProcess('create-admin', [...named('ana', 'ana@example.org'), '--reset-otp']);
      expect(both.status).to.equal(2);
    });

    it('names every fault', async () => {
      const { status, error } = await createAdmin('a b', 'nowhere', '123');
      expect(status).to.equal(1);
      for (const field of [
        'username: ',
        'email: ',
        'password: This password is too short',
        'entirely numeric',
      ]) {
        expect(error).to.contain(field);
      }
      const taken = await createAdmin('ben', 'ANA@example.org', PASSWORD);
      expect(taken.status).to.equal(1);
      expect(taken.error).to.contain('A user with that email already exists.');
      expect(await count('users')).to.equal(1);
    });
  });
});
