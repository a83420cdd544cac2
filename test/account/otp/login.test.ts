import { expect } from 'chai';
import { resealSecrets } from '../../../src/auth/otp/second-factor.js';
import { setPassword } from '../../../src/auth/accounts.js';
import { AuditEntry } from '../../../src/audit/audit-entry.js';
import { OtpFactor } from '../../../src/models/otp-factor.js';
import { RecoveryCode } from '../../../src/models/recovery-code.js';
import type { User } from '../../../src/models/user.js';
import { type Authenticator, logInWith, setUpOtp } from '../../support/authenticator.js';
import { anonymous, clientOf } from '../../support/clients.js';
import { makeUser, PASSWORD } from '../../support/factories.js';
import { expectFields } from '../../support/refusals.js';
import { withServer } from '../../support/server.js';

const REQUIRED = { otp: ['This field is required.'] };
const WRONG = { otp: ['The code is wrong, expired or used already.'] };

/** Asks for JSON web tokens. */
const token = (otp?: unknown, password = PASSWORD) =>
  anonymous.post('/account/token/', { username: 'ann', password, ...(otp !== undefined && { otp }) });

/** The audit log, in the order of its writing. */
const entries = () => AuditEntry.findAll({ order: [['id', 'ASC']] });

describe('a login with a second factor', () => {
  let user: User;
  let app: Authenticator;

  beforeEach(async () => {
    user = await makeUser({ username: 'Ann', password: PASSWORD });
    app = await setUpOtp(await clientOf(user));
    await app.fresh();
  });

  it('asks for a code, and only after the right password', async () => {
    for (const otp of [undefined, '', null])
      expect((await logInWith('ann', otp)).body).to.deep.equal(REQUIRED);
    for (const otp of [undefined, app.code(), app.recoveryCodes[0]])
      expectFields(await logInWith('ann', otp, 'wrong-harbour-71'), 'non_field_errors');
    expectFields(await logInWith('ann', { ne: '' }), 'otp');
    expect((await logInWith('ann', app.code())).body).to.have.all.keys('token');
  });

  it('tells clients of JSON web tokens by a field', async () => {
    const missing = await token();
    expect(missing.status).to.equal(401);
    expect(missing.body).to.deep.equal({ detail: 'A one-time password is required.', otp_required: true });
    const wrong = await token('x');
    expect(wrong.body).to.deep.equal({ detail: WRONG.otp[0], otp_required: true });
    expect((await token(app.code(), 'x')).body).to.have.all.keys('detail');
    expect((await token(app.code())).body).to.have.all.keys('access', 'refresh');
  });

  it('takes a code once, with spaces and as a form too, and none of before', async () => {
    const code = app.code();
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
    const fields = { username: 'ann', password: PASSWORD, otp: spaced };
    expect((await anonymous.form('POST', '/account/login/', fields)).status).to.equal(200);
    expect((await logInWith('ann', code)).body).to.deep.equal(WRONG);
    expect((await logInWith('ann', app.code(-1))).body).to.deep.equal(WRONG);
    expect((await logInWith('ann', app.code(1))).status).to.equal(200);
    expect((await logInWith('ann', app.code(3))).body).to.deep.equal(WRONG);
  });

  it('takes a code once of thirty logins at once', async () => {
    for (const otp of [app.code(), app.recoveryCodes[3]]) {
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, index) => (index % 2 ? logInWith('ann', otp) : token(otp))),
      );
      expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    }
  });

  it('takes each recovery code once, in any case, with hyphens or without', async () => {
    const [first = '', second = ''] = app.recoveryCodes;
    expect((await logInWith('ann', first.toUpperCase())).status).to.equal(200);
    expect((await logInWith('ann', first)).body).to.deep.equal(WRONG);
    expect((await logInWith('ann', second.replaceAll('-', ' '))).status).to.equal(200);
    expect((await logInWith('ann', second)).body).to.deep.equal(WRONG);
    expect(await RecoveryCode.count()).to.equal(8);
  });

  it('is refused with a recovery code of another user', async () => {
    const other = await setUpOtp(await clientOf(await makeUser({ password: PASSWORD })));
    expect((await logInWith('ann', other.recoveryCodes[0])).body).to.deep.equal(WRONG);
  });

  it('ends the guessing after a hundred wrong codes in a row; a recovery code begins anew', async () => {
    await OtpFactor.update({ tried: 98 }, { where: { user_id: user.id } });
    const wrong = app.code(5);
    const guesses = await Promise.all(Array.from({ length: 6 }, () => logInWith('ann', wrong)));
    expect(guesses.filter(({ body }) => body.otp[0] === WRONG.otp[0])).to.have.length(2);
    expect((await logInWith('ann', app.code())).body.otp[0]).to.match(/^Too many codes were wrong/);
    expect((await logInWith('ann', app.recoveryCodes[0])).status).to.equal(200);
    expect((await logInWith('ann', app.code())).status).to.equal(200);
    expect((await OtpFactor.findByPk(user.id))?.tried).to.equal(0);
  });

  it('lets codes be tried again with a new password', async () => {
    await OtpFactor.update({ tried: 100 }, { where: { user_id: user.id } });
    expect((await logInWith('ann', app.code())).body.otp[0]).to.match(/^Too many codes were wrong/);
    const password = 'deep-valley-38';
    await setPassword(await user.reload(), password);
    expect((await logInWith('ann', app.code(), password)).status).to.equal(200);
  });

  it('counts wrong codes with the attempts on the account, at every door', async () => {
    await withServer({ THROTTLE_LOGIN: { limit: 4, windowMs: 60_000 }, TRUST_PROXY: 1 }, async (server) => {
      const statuses: number[] = [];
      for (let number = 0; number < 6; number += 1) {
        const client = anonymous.at(server, { 'X-Forwarded-For': `192.0.2.${number}` });
        const path = number % 2 ? '/account/token/' : '/account/login/';
        const username = number % 3 ? 'ann' : 'ANN';
        statuses.push((await client.post(path, { username, password: PASSWORD, otp: '1' })).status);
      }
      expect(statuses).to.deep.equal([400, 401, 400, 401, 429, 429]);
    });
  });

  it('does not outlive a factor that is switched on meanwhile', async () => {
    const bob = await makeUser({ username: 'bob', password: PASSWORD });
    const client = await clientOf(bob);
    const [, ...logins] = await Promise.all([
      setUpOtp(client),
      ...Array.from({ length: 10 }, () => logInWith('bob')),
    ]);
    for (const { body } of logins) {
      if (!body.token) continue;
      const me = await anonymous.get('/account/me/', { Authorization: `Token ${body.token}` });
      expect(me.status).to.equal(401);
    }
  });

  it('goes on where its secret cannot be read: by a recovery code', async () => {
    await OtpFactor.update({ secret: Buffer.alloc(48).toString('base64url'), key_id: 'gone' }, { where: {} });
    await resealSecrets();
    expect((await logInWith('ann', app.code())).body).to.deep.equal(WRONG);
    expect((await logInWith('ann', app.recoveryCodes[0])).status).to.equal(200);
  });

  it('is in the audit log where it is one of staff, and so is a wrong code', async () => {
    await user.update({ role: 'moderator' });
    await logInWith('ann', app.code());
    await logInWith('ann', 'x');
    await logInWith('ann', undefined, 'x');
    const bob = await makeUser({ username: 'bob', password: PASSWORD });
    await logInWith('bob');
    await logInWith('bob', undefined, 'x');
    await logInWith('nobody');
    // Refusals are written in the background.
    while ((await entries()).length < 3) await new Promise(setImmediate);
    const [first, ...failed] = await entries();
    expect(first).to.include({ action: 'login', actor: 'Ann', door: 'api', record_id: user.id });
    expect(failed).to.have.length(2);
    for (const entry of failed)
      expect(entry).to.include({ action: 'login_failed', actor_id: null, record_id: user.id });
    expect(await bob.reload())
      .to.have.property('last_login')
      .that.is.a('date');
  });
});
