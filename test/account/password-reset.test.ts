import { EventEmitter, once } from 'node:events';
import { expect } from 'chai';
import { issueReset } from '../../src/auth/password-resets.js';
import { PasswordReset } from '../../src/models/password-reset.js';
import { User } from '../../src/models/user.js';
import { anonymous, clientOf } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { expectDetail, expectFields } from '../support/refusals.js';
import { mailbox } from '../support/mailbox.js';
import { withProcess } from '../support/processes.js';

const ASK = '/account/password-reset/';
const CONFIRM = '/account/password-reset/confirm/';
const NEW = 'louder-lantern-29';
const fresh = { new_password: NEW, new_password2: NEW };

describe('POST /account/password-reset/', () => {
  it('answers the same for known and unknown addresses', async () => {
    await makeUser({ email: 'ann@example.org' });
    const known = await anonymous.post(ASK, { email: 'ANN@example.org' });
    const unknown = await anonymous.post(ASK, { email: 'nobody@example.org' });
    expectDetail(known, 200);
    expect(unknown.status).to.equal(200);
    expect(unknown.body).to.deep.equal(known.body);
  });

  it('answers before it has looked up the address', async () => {
    const byEmail = User.byEmail.bind(User);
    const gate = new EventEmitter();
    let lookUps = 0;
    User.byEmail = async (email) => {
      lookUps += 1;
      await once(gate, 'open');
      return byEmail(email);
    };
    try {
      expectDetail(await anonymous.post(ASK, { email: 'ann@example.org' }), 200);
      expect(lookUps).to.equal(1);
      gate.emit('open');
    } finally {
      User.byEmail = byEmail;
    }
  });

  it('asks for an address', async () => {
    expectFields(await anonymous.post(ASK, {}), 'email');
    expectFields(await anonymous.post(ASK, { email: 'nope' }), 'email');
  });

  it('mails a token that sets a new password', async () => {
    const user = await makeUser({ email: 'ann@example.org', password: PASSWORD });
    const box = await mailbox();
    try {
      await withProcess({ SMTP_URL: box.url, MAIL_FROM: 'marquee@example.org' }, async (server) => {
        expectDetail(await anonymous.at(server).post(ASK, { email: 'ann@example.org' }), 200);
        const text = (await box.mail('ann@example.org')).replaceAll('=\r\n', '');
        expect(text)
          .to.match(/^To: .*ann@example\.org/im)
          .and.match(/^From: .*marquee@example\.org/im);
        const token = /[0-9a-f]{64}/.exec(text)?.[0];
        const answer = await anonymous.at(server).post(CONFIRM, { token, ...fresh });
        expect(answer.status, answer.text).to.equal(200);
      });
    } finally {
      box.close();
    }
    const login = await anonymous.post('/account/login/', { username: user.username, password: NEW });
    expect(login.status).to.equal(200);
  });

  it('issues no token for an address that has changed meanwhile', async () => {
    const user = await makeUser({ email: 'ann@example.org' });
    const asked = (await User.byEmail('ann@example.org')) as User;
    await user.update({ email: 'new@example.org' });
    const outcome = await issueReset(asked).catch((error: Error) => error.name);
    expect([outcome, await PasswordReset.count()]).to.deep.equal(['StaleLogin', 0]);
  });

  it('answers 503 if no mail can be sent', async () => {
    await makeUser({ email: 'ann@example.org' });
    const secrets = { SESSION_SECRET: 'x'.repeat(32), JWT_SECRET: 'y'.repeat(32) };
    await withProcess({ NODE_ENV: 'production', SITE: 'off', ...secrets }, async (server) => {
      for (const email of ['ann@example.org', 'nobody@example.org']) {
        expectDetail(await anonymous.at(server).post(ASK, { email }), 503);
      }
    });
  });
});

describe('POST /account/password-reset/confirm/', () => {
  it('sets the password once, and revokes all tokens', async () => {
    const user = await makeUser({ password: PASSWORD });
    const client = await clientOf(user);
    const token = await issueReset(user);
    const answer = await anonymous.post(CONFIRM, { token, ...fresh });
    expect(answer.status, answer.text).to.equal(200);
    expectDetail(await client.get('/account/me/'), 401);
    const login = (password: string) =>
      anonymous.post('/account/login/', { username: user.username, password });
    expect((await login(PASSWORD)).status).to.equal(400);
    expect((await login(NEW)).status).to.equal(200);
    expectFields(await anonymous.post(CONFIRM, { token, ...fresh }), 'token');
  });

  it('accepts one of twenty concurrent uses of a token', async () => {
    const user = await makeUser();
    const token = await issueReset(user);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => anonymous.post(CONFIRM, { token, ...fresh })),
    );
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    expect(answers.filter(({ status }) => status === 400)).to.have.length(19);
  });

  it('accepts the token for an hour', async () => {
    const user = await makeUser();
    const token = await issueReset(user);
    const reset = await PasswordReset.findOne({ where: { user_id: user.id } });
    expect(((reset?.expires.getTime() ?? 0) - Date.now()) / 60_000).to.be.closeTo(60, 1);
    await PasswordReset.update({ expires: new Date(Date.now() - 1_000) }, { where: { user_id: user.id } });
    expectFields(await anonymous.post(CONFIRM, { token, ...fresh }), 'token');
  });

  it('is random, and stored as a hash', async () => {
    const tokens = [await issueReset(await makeUser()), await issueReset(await makeUser())];
    expect(tokens[0]).not.to.equal(tokens[1]);
    for (const token of tokens) expect(token).to.match(/^[0-9a-f]{64}$/);
    const stored = JSON.stringify(await PasswordReset.findAll({ raw: true }));
    for (const token of tokens) expect(stored).not.to.include(token);
  });

  it('stays valid when another is requested; its use voids the others', async () => {
    const user = await makeUser();
    const tokens: string[] = [];
    for (let count = 0; count < 3; count += 1) tokens.push(await issueReset(user));
    const [first, ...others] = tokens;
    expect((await anonymous.post(CONFIRM, { token: first, ...fresh })).status).to.equal(200);
    for (const token of others) expectFields(await anonymous.post(CONFIRM, { token, ...fresh }), 'token');
  });

  it('accepts one of several tokens of a user that are used concurrently', async () => {
    const user = await makeUser();
    const tokens: string[] = [];
    for (let count = 0; count < 6; count += 1) tokens.push(await issueReset(user));
    const answers = await Promise.all(tokens.map((token) => anonymous.post(CONFIRM, { token, ...fresh })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).to.deep.equal([
      200, 400, 400, 400, 400, 400,
    ]);
  });

  it('names what is wrong', async () => {
    const user = await makeUser({ username: 'lanternlady' });
    const token = await issueReset(user);
    expectFields(await anonymous.post(CONFIRM, {}), 'token', 'new_password', 'new_password2');
    expectFields(await anonymous.post(CONFIRM, { token: '0'.repeat(64), ...fresh }), 'token');
    expectFields(await anonymous.post(CONFIRM, { token, ...fresh, new_password2: 'other' }), 'new_password2');
    for (const weak of ['short', 'password1', 'lanternlady1']) {
      const answer = await anonymous.post(CONFIRM, { token, new_password: weak, new_password2: weak });
      expectFields(answer, 'new_password');
    }
    const answer = await anonymous.post(CONFIRM, { token, ...fresh });
    expect(answer.status, 'a slip does not spend the token').to.equal(200);
  });

  it('does not open an inactive account', async () => {
    const user = await makeUser();
    const token = await issueReset(user);
    await user.update({ is_active: false });
    expectFields(await anonymous.post(CONFIRM, { token, ...fresh }), 'token');
    await user.update({ is_active: true });
    const login = await anonymous.post('/account/login/', { username: user.username, password: NEW });
    expect(login.status).to.equal(400);
  });
});
