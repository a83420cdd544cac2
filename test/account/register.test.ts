import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { User } from '../../src/models/user.js';
import { anonymous, Client } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { expectFields } from '../support/refusals.js';

const PATH = '/account/register/';
const ANN = { username: 'Ann.Lee', email: 'Ann@example.org', password: PASSWORD, password2: PASSWORD };

function withPassword(password: unknown, rest: object = {}) {
  return { ...ANN, password, password2: password, ...rest };
}

function login(password: string) {
  return anonymous.post('/account/login/', { username: ANN.username, password });
}

describe('POST /account/register/', () => {
  it('makes an account and logs it in', async () => {
    const answer = await anonymous.post(PATH, ANN);
    expect(answer.status, answer.text).to.equal(201);
    const { token, ...rest } = answer.body;
    expect(rest).to.deep.equal({
      response: 'Registration Successful!',
      username: 'Ann.Lee',
      email: 'Ann@example.org',
    });
    const me = await new Client({ Authorization: `Token ${token}` }).get('/account/me/');
    expect(me.body).to.include({ username: 'Ann.Lee', email: 'Ann@example.org', role: 'user' });
  });

  it('accepts a form', async () => {
    expect((await anonymous.form('POST', PATH, ANN)).status).to.equal(201);
  });

  it('ignores a role, a state and an id in the body', async () => {
    const answer = await anonymous.post(PATH, {
      ...ANN,
      role: 'admin',
      is_active: false,
      id: 987_654,
      is_staff: true,
    });
    const me = await new Client({ Authorization: `Token ${answer.body.token}` }).get('/account/me/');
    expect(me.status).to.equal(200);
    expect(me.body.role).to.equal('user');
    expect(me.body.id).not.to.equal(987_654);
  });

  it('stores an argon2id hash, and no token key', async () => {
    const { body } = await anonymous.post(PATH, ANN);
    const users = await sequelize.query<{ password: string }>('SELECT password FROM users', {
      type: QueryTypes.SELECT,
    });
    expect(users).to.have.length(1);
    expect(users[0]?.password).to.match(/^\$argon2id\$/);
    const tokens = await sequelize.query('SELECT * FROM auth_tokens', { type: QueryTypes.SELECT });
    expect(tokens).to.have.length(1);
    expect(JSON.stringify(tokens)).not.to.include(body.token);
  });

  it('asks for every field', async () => {
    const answer = await anonymous.post(PATH, {});
    expectFields(answer, 'username', 'email', 'password', 'password2');
    expect(answer.body.username).to.deep.equal(['This field is required.']);
  });

  it('names all faults at once', async () => {
    const answer = await anonymous.post(PATH, {
      username: 'an n',
      email: 'nope',
      password: '1234',
      password2: '4321',
    });
    expectFields(answer, 'username', 'email', 'password', 'password2');
    expect(answer.body.password).to.have.length.at.least(2);
  });

  it('says at password2 that the passwords differ', async () => {
    expectFields(await anonymous.post(PATH, { ...ANN, password2: `${PASSWORD} ` }), 'password2');
  });

  it('refuses a username and an e-mail that are taken, in any letter case', async () => {
    await makeUser({ username: 'ann.lee', email: 'ANN@EXAMPLE.ORG' });
    expectFields(await anonymous.post(PATH, ANN), 'username', 'email');
    expectFields(await anonymous.post(PATH, { ...ANN, email: 'other@example.org' }), 'username');
    expectFields(await anonymous.post(PATH, { ...ANN, username: 'other' }), 'email');
    for (const domain of ['\uff25xample.org', 'example\u3002org', 'exam\u00adple.org'])
      expectFields(
        await anonymous.post(PATH, { ...ANN, username: 'other', email: `ann@${domain}` }),
        'email',
      );
    await makeUser({ email: 'ann@b\u00fccher.example' });
    const email = 'ann@xn--bcher-kva.example';
    expectFields(await anonymous.post(PATH, { ...ANN, username: 'other', email }), 'email');
  });

  it('takes addresses of two domains that differ in ß and ss as two', async () => {
    const sharp = await makeUser({ email: 'ann@stra\u00dfe.example' });
    const plain = await anonymous.post(PATH, { ...ANN, email: 'ann@strasse.example' });
    expect(plain.status).to.equal(201);
    expect((await User.byEmail('ANN@xn--strae-oqa.example'))?.id).to.equal(sharp.id);
    expect((await User.byEmail('Ann@STRASSE.example'))?.email).to.equal('ann@strasse.example');
    // The key that older versions stored.
    await sharp.update({ email: 'ann@gro\u00df.example' });
    await User.update({ email_key: 'ann@gross.example' }, { where: { id: sharp.id } });
    expect((await User.byEmail('ann@gro\u00df.example'))?.id).to.equal(sharp.id);
    expect(await User.byEmail('ann@gross.example')).to.equal(null);
  });

  it('gives a name to one of many concurrent requests', async () => {
    const answers = await Promise.all(
      ['ann', 'ANN', 'Ann', 'aNN'].map((username, index) =>
        anonymous.post(PATH, { ...ANN, username, email: `ann${index}@example.org` }),
      ),
    );
    expect(answers.map(({ status }) => status)).to.have.members([201, 400, 400, 400]);
    for (const answer of answers) if (answer.status === 400) expectFields(answer, 'username');
  });

  it('takes white space at both ends of username and e-mail off', async () => {
    const answer = await anonymous.post(PATH, { ...ANN, username: ' ann\n', email: '\tann@example.org ' });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body).to.include({ username: 'ann', email: 'ann@example.org' });
    const again = await anonymous.post(PATH, { ...ANN, username: 'ann ', email: ' ann@example.org' });
    expectFields(again, 'username', 'email');
    const login = { username: ' ann ', password: ANN.password };
    expect((await anonymous.post('/account/login/', login)).status).to.equal(200);
  });

  it('takes a number as its digits, for a username and a password', async () => {
    const number = 8_046_213_957;
    const numbers = { ...ANN, username: 1977, password: number, password2: number };
    expectFields(await anonymous.post(PATH, numbers), 'password');
    const answer = await anonymous.post(PATH, { ...ANN, username: 1977 });
    expect(answer.status, answer.text).to.equal(201);
    expect(answer.body.username).to.equal('1977');
    const login = { username: 1977, password: ANN.password };
    expect((await anonymous.post('/account/login/', login)).status).to.equal(200);
  });

  for (const username of ['a', '7', '@.+-_', 'A'.repeat(150)]) {
    it(`takes the username ${username.slice(0, 10)} of ${username.length} characters`, async () => {
      const answer = await anonymous.post(PATH, { ...ANN, username });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.username).to.equal(username);
    });
  }

  for (const username of [
    '',
    ' ',
    'an n',
    'an\nn',
    'änn',
    'ann/',
    'ann:',
    'a'.repeat(151),
    'аnn',
    '\u212a',
    '١',
    null,
    {},
    ['ann'],
    true,
  ]) {
    it(`refuses the username ${JSON.stringify(username)?.slice(0, 20)}`, async () => {
      expectFields(await anonymous.post(PATH, { ...ANN, username }), 'username');
    });
  }

  for (const email of [
    '',
    'ann',
    'ann@',
    '@example.org',
    'ann@example',
    'an n@example.org',
    'ann@exa mple.org',
    'a@b@example.org',
    'ann@.org',
    'ann@example..org',
    `${'a'.repeat(300)}@example.org`,
    null,
    7,
    'ann@example.org\nBcc: b@example.org',
  ]) {
    it(`refuses the e-mail ${JSON.stringify(email)?.slice(0, 40)}`, async () => {
      expectFields(await anonymous.post(PATH, { ...ANN, email }), 'email');
    });
  }

  for (const email of ['a@b.co', 'ann.lee+films@mail.example.org', "o'hara@example.org", '7@example.org']) {
    it(`takes the e-mail ${email}`, async () => {
      const answer = await anonymous.post(PATH, { ...ANN, email });
      expect(answer.status, answer.text).to.equal(201);
      expect(answer.body.email).to.equal(email);
    });
  }
});

describe('passwords', () => {
  const refused: [string, unknown, object?][] = [
    ['of 7 characters', 'tr7-Qx!'],
    ['of 7 emoji, though they are 14 units', '🎬🎞🍿🎟📽🎥📼'],
    ['of 129 characters', `tr7-Qx!p${'z'.repeat(121)}`],
    ['of digits alone', '83041957264'],
    ['of digits of another script', '٨٣٠٤١٩٥٧٢'],
    ['that is common', 'password1'],
    ['that is common, in another case', 'PassWord1'],
    ['that is the username', 'alexandria', { username: 'alexandria' }],
    ['too like the username', 'Alexandria1', { username: 'alexandria' }],
    ['too like the e-mail', 'harbourmaster9', { email: 'harbourmaster@example.org' }],
    ['of spaces', '          '],
    ['that is no text', ['quiet-harbour-71']],
    ['that is null', null],
    ['that is empty', ''],
  ];
  for (const [what, password, rest] of refused) {
    it(`refuses one ${what}`, async () => {
      const answer = await anonymous.post(PATH, withPassword(password, rest));
      expect(answer.status, answer.text).to.equal(400);
      expect(answer.body).to.have.property('password').that.is.an('array');
    });
  }

  const taken: [string, string][] = [
    ['of 8 characters', 'tr7-Qx!p'],
    ['of 8 emoji', '🎬🎞🍿🎟📽🎥📼💿'],
    ['of 128 characters', `tr7-Qx!p${'zy'.repeat(60)}`],
    ['with spaces around it', '  tr7 Qx p  '],
  ];
  for (const [what, password] of taken) {
    it(`takes one ${what}, and it alone logs in`, async () => {
      const answer = await anonymous.post(PATH, withPassword(password));
      expect(answer.status, answer.text).to.equal(201);
      expect((await login(password)).status).to.equal(200);
      expect((await login(`${password.trim()}x`)).status).to.equal(400);
    });
  }

  it('does not trim one', async () => {
    await anonymous.post(PATH, withPassword('  tr7 Qx p  '));
    expect((await login('tr7 Qx p')).status).to.equal(400);
  });
});
