import { expect } from 'chai';
import { anonymous, Client, clientOf } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { expectDetail, expectFields } from '../support/refusals.js';

const PATH = '/account/login/';
const WRONG = { non_field_errors: ['Unable to log in with provided credentials.'] };

describe('POST /account/login/', () => {
  it('returns a new token each time', async () => {
    const user = await makeUser({ password: PASSWORD });
    const credentials = { username: user.username, password: PASSWORD };
    const answers = [
      await anonymous.post(PATH, credentials),
      await anonymous.form('POST', PATH, credentials),
    ];
    for (const answer of answers) {
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.body).to.have.all.keys('token');
      const me = await new Client({ Authorization: `Token ${answer.body.token}` }).get('/account/me/');
      expect(me.body.id).to.equal(user.id);
    }
    expect(answers[0]?.body.token).not.to.equal(answers[1]?.body.token);
  });

  it('accepts the username in any letter case', async () => {
    await makeUser({ username: 'Ann.Lee', password: PASSWORD });
    for (const username of ['Ann.Lee', 'ann.lee', 'ANN.LEE']) {
      const answer = await anonymous.post(PATH, { username, password: PASSWORD });
      expect(answer.status, username).to.equal(200);
    }
  });

  it('gives the same refusal for a wrong password, an unknown user, an inactive user and one without a password', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    await makeUser({ username: 'gone', password: PASSWORD, is_active: false });
    await makeUser({ username: 'imported' });
    for (const [username, password] of [
      ['ann', `${PASSWORD}x`],
      ['ann', PASSWORD.toUpperCase()],
      ['ann', 'x'],
      ['nobody', PASSWORD],
      ['gone', PASSWORD],
      ['imported', PASSWORD],
      ['imported', 'null'],
      ['an%', PASSWORD],
      ['änn', PASSWORD],
    ] as const) {
      // prettier-ignore
      const answer = await anonymous.post(PATH, { username, password });
      expect(answer.status, `${username} ${password}`).to.equal(400);
      expect(answer.body).to.deep.equal(WRONG);
    }
  });

  it('asks for both fields', async () => {
    expectFields(await anonymous.post(PATH, {}), 'username', 'password');
    expectFields(await anonymous.post(PATH, { username: 'ann' }), 'password');
    expectFields(await anonymous.post(PATH, { username: '', password: '' }), 'username', 'password');
  });

  it('refuses values that are not text', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    for (const odd of [{ ne: '' }, ['ann'], true, null]) {
      expectFields(await anonymous.post(PATH, { username: odd, password: PASSWORD }), 'username');
      expectFields(await anonymous.post(PATH, { username: 'ann', password: odd }), 'password');
    }
  });

  it('takes as long for an unknown username as for a wrong password', async () => {
    await makeUser({ username: 'ann', password: PASSWORD });
    // CPU time, not wall time: other programs must not decide the test.
    const spent: Record<string, number[]> = { ann: [], nobody: [] };
    for (let round = 0; round < 7; round += 1) {
      for (const username of ['ann', 'nobody']) {
        const before = process.cpuUsage();
        await anonymous.post(PATH, { username, password: 'wrong-harbour-71' });
        spent[username]?.push(process.cpuUsage(before).user);
      }
    }
    const median = (username: string) => spent[username]?.toSorted((a, b) => a - b)[3] ?? 0;
    // A login without a hash costs about a tenth.
    expect(median('nobody') / median('ann')).to.be.within(0.5, 2);
  });
});

describe('POST /account/logout/', () => {
  it('revokes that token and no other', async () => {
    const user = await makeUser();
    const here = await clientOf(user);
    const there = await clientOf(user);
    const answer = await here.post('/account/logout/');
    expectDetail(answer, 200);
    expectDetail(await here.get('/account/me/'), 401);
    expectDetail(await here.post('/account/logout/'), 401);
    expectDetail(await here.get('/watch/'), 401);
    expect((await there.get('/account/me/')).status).to.equal(200);
  });

  it('accepts an empty JSON body and an empty form', async () => {
    const user = await makeUser();
    expect((await (await clientOf(user)).post('/account/logout/', {})).status).to.equal(200);
    expect((await (await clientOf(user)).form('POST', '/account/logout/', {})).status).to.equal(200);
  });

  it('refuses without a token', async () => {
    expectDetail(await anonymous.post('/account/logout/'), 401);
    expectDetail(await anonymous.post('/account/logout-all/'), 401);
  });
});

describe('POST /account/logout-all/', () => {
  it("revokes every token of the user, and no other user's", async () => {
    const user = await makeUser();
    const clients = [await clientOf(user), await clientOf(user), await clientOf(user)];
    const other = await clientOf(await makeUser());
    expectDetail(await (clients[1] as Client).post('/account/logout-all/'), 200);
    for (const client of clients) expectDetail(await client.get('/account/me/'), 401);
    expect((await other.get('/account/me/')).status).to.equal(200);
  });
});
