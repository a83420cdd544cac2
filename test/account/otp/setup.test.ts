import { expect } from 'chai';
import { beginFamily } from '../../../src/auth/jwt-families.js';
import { signPair } from '../../../src/auth/jwt.js';
import { issueReset } from '../../../src/auth/password-resets.js';
import { OtpFactor } from '../../../src/models/otp-factor.js';
import { RecoveryCode } from '../../../src/models/recovery-code.js';
import { Authenticator, logInWith, setUpOtp } from '../../support/authenticator.js';
import { anonymous, Client, clientOf, type UserClient } from '../../support/clients.js';
import { makeUser, PASSWORD } from '../../support/factories.js';
import { expectDetail, expectFields } from '../../support/refusals.js';

const NEW = 'louder-lantern-29';

describe('/account/otp/', () => {
  let client: UserClient;

  beforeEach(async () => {
    client = await clientOf(await makeUser({ password: PASSWORD }));
  });

  const begin = async (password: unknown = PASSWORD) => client.post('/account/otp/', { password });
  const enabled = async () => (await client.get('/account/me/')).body.otp_enabled;
  const authenticator = async () => new Authenticator(client.user.id, (await begin()).body.secret);

  it('gives a secret and its address, and counts once a code confirms it', async () => {
    const begun = await begin();
    expect(begun.status, begun.text).to.equal(200);
    expect(begun.body).to.have.all.keys('secret', 'uri');
    expect(new URL(begun.body.uri).searchParams.get('secret')).to.equal(begun.body.secret);
    expect(await enabled()).to.equal(false);
    expect((await logInWith(client.user.username)).status).to.equal(200);

    const app = new Authenticator(client.user.id, begun.body.secret);
    expectFields(await client.post('/account/otp/confirm/', { otp: '00000' }), 'otp');
    expectFields(await client.post('/account/otp/confirm/', {}), 'otp');
    const confirmed = await client.post('/account/otp/confirm/', { otp: app.code() });
    expect(confirmed.status, confirmed.text).to.equal(200);
    expect(new Set(confirmed.body.recovery_codes)).to.have.property('size', 10);
    expect(await enabled()).to.equal(true);
    expectFields(await client.post('/account/otp/confirm/', { otp: app.code() }), 'non_field_errors');
    expectFields(await begin(), 'non_field_errors');
  });

  it('asks for the right password', async () => {
    expectFields(await begin('wrong-harbour-71'), 'password');
    expectFields(await client.post('/account/otp/', {}), 'password');
    expect(await OtpFactor.count()).to.equal(0);
  });

  it('takes the last secret that was begun, within an hour', async () => {
    expectFields(await client.post('/account/otp/confirm/', { otp: '123456' }), 'non_field_errors');
    const first = await authenticator();
    const second = await authenticator();
    expectFields(await client.post('/account/otp/confirm/', { otp: first.code() }), 'otp');
    await OtpFactor.update({ expires: new Date(Date.now() - 1) }, { where: {} });
    expectFields(await client.post('/account/otp/confirm/', { otp: second.code() }), 'non_field_errors');
    expect(await enabled()).to.equal(false);
  });

  it('keeps neither the secret nor a recovery code in the clear', async () => {
    const begun = await begin();
    const app = new Authenticator(client.user.id, begun.body.secret);
    const { body } = await client.post('/account/otp/confirm/', { otp: app.code() });
    const rows = JSON.stringify([await OtpFactor.findAll(), await RecoveryCode.findAll()]);
    for (const text of [begun.body.secret, ...body.recovery_codes]) {
      expect(rows).not.to.include(text);
      expect(rows).not.to.include(text.replaceAll('-', ''));
    }
    // A row that was copied to another user opens nothing.
    const other = await clientOf(await makeUser({ password: PASSWORD }));
    const [{ secret, key_id }] = (await OtpFactor.findAll()) as [OtpFactor];
    await OtpFactor.create({ user_id: other.user.id, secret, key_id });
    expectFields(await logInWith(other.user.username, app.code()), 'otp');
  });

  it('ends what was logged in without it, but for this login', async () => {
    const token = await clientOf(client.user);
    const { access } = await signPair(await beginFamily(client.user));
    const jwt = new Client({ Authorization: `Bearer ${access}` });
    const reset = await issueReset(client.user);
    const app = await setUpOtp(client);
    expectDetail(await token.get('/account/me/'), 401);
    expectDetail(await jwt.get('/account/me/'), 401);
    const fresh = { new_password: NEW, new_password2: NEW };
    expectFields(
      await anonymous.post('/account/password-reset/confirm/', { token: reset, ...fresh }),
      'token',
    );
    expect(await enabled()).to.equal(true);

    const later = await clientOf(await client.user.reload());
    const off = await client.delete('/account/otp/', { password: PASSWORD, otp: await app.fresh() });
    expect(off.status, off.text).to.equal(204);
    expectDetail(await later.get('/account/me/'), 401);
    expect(await enabled()).to.equal(false);
    expect((await logInWith(client.user.username)).status).to.equal(200);
    expect(await RecoveryCode.count()).to.equal(0);
  });

  it('goes off by password and code, or recovery code, only', async () => {
    expectDetail(await client.delete('/account/otp/', {}), 404);
    const app = await setUpOtp(client);
    expectFields(await client.delete('/account/otp/', {}), 'password', 'otp');
    expectFields(await client.delete('/account/otp/', { password: 'x', otp: await app.fresh() }), 'password');
    expectFields(await client.delete('/account/otp/', { password: PASSWORD, otp: 'x' }), 'otp');
    const used = await app.fresh();
    expect((await logInWith(client.user.username, used)).status).to.equal(200);
    expectFields(await client.delete('/account/otp/', { password: PASSWORD, otp: used }), 'otp');
    const [recovery = ''] = app.recoveryCodes;
    expect((await client.delete('/account/otp/', { password: PASSWORD, otp: recovery })).status).to.equal(
      204,
    );
  });

  it('is voided, while it is being set up, by what ends all logins', async () => {
    const app = await authenticator();
    const body = { old_password: PASSWORD, new_password: NEW, new_password2: NEW };
    expect((await client.post('/account/password/', body)).status).to.equal(200);
    expectFields(await client.post('/account/otp/confirm/', { otp: app.code() }), 'non_field_errors');
  });

  it('stays on through a new password, mailed or not', async () => {
    const app = await setUpOtp(client);
    const token = await issueReset(await client.user.reload());
    const fresh = { new_password: NEW, new_password2: NEW };
    const reset = await anonymous.post('/account/password-reset/confirm/', { token, ...fresh });
    expect(reset.status, reset.text).to.equal(200);
    expect(reset.body).to.have.all.keys('detail');
    expectFields(await logInWith(client.user.username, undefined, NEW), 'otp');
    expect((await logInWith(client.user.username, await app.fresh(), NEW)).status).to.equal(200);
  });

  it('lets no more codes be guessed after a mailed reset', async () => {
    const app = await setUpOtp(client);
    await OtpFactor.update({ tried: 100 }, { where: { user_id: client.user.id } });
    const token = await issueReset(await client.user.reload());
    const fresh = { new_password: NEW, new_password2: NEW };
    const reset = await anonymous.post('/account/password-reset/confirm/', { token, ...fresh });
    expect(reset.status, reset.text).to.equal(200);
    expectFields(await logInWith(client.user.username, await app.fresh(), NEW), 'otp');
    expect((await logInWith(client.user.username, app.recoveryCodes[0], NEW)).status).to.equal(200);
  });

  it('gives one set of recovery codes to thirty confirmations at once', async () => {
    const app = await authenticator();
    const otp = app.code();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => client.post('/account/otp/confirm/', { otp })),
    );
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    for (const answer of answers.filter(({ status }) => status !== 200))
      expectFields(answer, 'non_field_errors');
    expect(await RecoveryCode.count()).to.equal(10);
  });

  it('goes with the account', async () => {
    await setUpOtp(client);
    expect((await client.delete('/account/me/', { password: PASSWORD })).status).to.equal(204);
    expect(await OtpFactor.count()).to.equal(0);
    expect(await RecoveryCode.count()).to.equal(0);
  });
});
