import { expect } from 'chai';
import { anonymous, asUser, clientOf } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';
import { expectDetail, expectFields } from '../support/refusals.js';

const PATH = '/account/password/';
const NEW = 'louder-lantern-29';

describe('POST /account/password/', () => {
  const change = { old_password: PASSWORD, new_password: NEW, new_password2: NEW };

  it("changes the password, keeps the caller's token and revokes every other", async () => {
    const user = await makeUser({ password: PASSWORD });
    const here = await clientOf(user);
    const there = await clientOf(user);
    const stranger = await asUser();
    const answer = await here.post(PATH, change);
    expect(answer.status, answer.text).to.equal(200);
    expect((await here.get('/account/me/')).status).to.equal(200);
    expectDetail(await there.get('/account/me/'), 401);
    expect((await stranger.get('/account/me/')).status).to.equal(200);
    const login = (password: string) =>
      anonymous.post('/account/login/', { username: user.username, password });
    expect((await login(PASSWORD)).status).to.equal(400);
    expect((await login(NEW)).status).to.equal(200);
  });

  it('names what is wrong, and changes nothing', async () => {
    const user = await makeUser({ username: 'lanternlady', password: PASSWORD });
    const here = await clientOf(user);
    const there = await clientOf(user);
    expectFields(await here.post(PATH, {}), 'old_password', 'new_password', 'new_password2');
    expectFields(await here.post(PATH, { ...change, old_password: 'wrong' }), 'old_password');
    expectFields(await here.post(PATH, { ...change, new_password2: 'other' }), 'new_password2');
    for (const weak of ['short', '83041957264', 'password1', 'lanternlady1']) {
      expectFields(
        await here.post(PATH, { ...change, new_password: weak, new_password2: weak }),
        'new_password',
      );
    }
    expect((await there.get('/account/me/')).status).to.equal(200);
    const login = await anonymous.post('/account/login/', { username: user.username, password: PASSWORD });
    expect(login.status).to.equal(200);
  });

  it('refuses without a token', async () => {
    expectDetail(await anonymous.post(PATH, change), 401);
  });
});
