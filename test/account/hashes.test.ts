import { hash } from '@node-rs/argon2';
import { dictionary } from '@zxcvbn-ts/language-common';
import { expect } from 'chai';
import { hashPassword, isOutdated, passwordFaults } from '../../src/auth/password.js';
import { User } from '../../src/models/user.js';
import { anonymous } from '../support/clients.js';
import { makeUser, PASSWORD } from '../support/factories.js';

const WEAK = { memoryCost: 4_096, timeCost: 1, parallelism: 1 };

/** A user whose password was hashed with weaker parameters. */
async function makeVeteran(): Promise<User> {
  const user = await makeUser();
  return user.update({ password: await hash(PASSWORD, WEAK) });
}

const logIn = (username: string, password = PASSWORD) =>
  anonymous.post('/account/login/', { username, password });

describe('password hashes', () => {
  it("are argon2id's with OWASP's parameters", async () => {
    expect(await hashPassword(PASSWORD)).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('are outdated if any parameter is lower, or if they are not argon2id', async () => {
    expect(isOutdated(await hashPassword(PASSWORD))).to.equal(false);
    for (const outdated of [
      '$argon2id$v=19$m=19455,t=2,p=1$a$b',
      '$argon2id$v=19$m=19456,t=1,p=1$a$b',
      '$argon2i$v=19$m=19456,t=2,p=1$a$b',
      '$2b$12$abc',
    ]) {
      expect(isOutdated(outdated), outdated).to.equal(true);
    }
    expect(isOutdated('$argon2id$v=19$m=65536,t=3,p=4$a$b')).to.equal(false);
  });

  it('are renewed at login when the parameters have been raised', async () => {
    const user = await makeVeteran();
    expect((await logIn(user.username)).status).to.equal(200);
    const { password } = await user.reload();
    expect(password).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await logIn(user.username)).status, 'the new hash opens the account too').to.equal(200);
    expect((await user.reload()).password, 'a hash of today is left alone').to.equal(password);
  });

  it('are not renewed by a failed login', async () => {
    const user = await makeVeteran();
    const { password } = user;
    expect((await logIn(user.username, 'wrong-harbour-71')).status).to.equal(400);
    await user.update({ is_active: false });
    expect((await logIn(user.username)).status).to.equal(400);
    expect((await user.reload()).password).to.equal(password);
  });

  it('are not restored by a login that began before a password change', async () => {
    const user = await makeVeteran();
    const NEW = await hashPassword('louder-lantern-29');
    const findOne = User.findOne.bind(User);
    // The login has read the old hash; the new one is stored before the login writes.
    User.findOne = (async (options: never) => {
      const read = await findOne(options);
      await User.update({ password: NEW }, { where: { id: user.id } });
      return read;
    }) as typeof User.findOne;
    try {
      await logIn(user.username);
    } finally {
      User.findOne = findOne;
    }
    expect((await user.reload()).password).to.equal(NEW);
  });
});

describe('common passwords', () => {
  const common = dictionary['passwords-common'].map(String);

  it('are more than 10,000 that the other rules would allow', () => {
    expect(common.filter((word) => word.length >= 8 && !/^\d+$/.test(word)).length).to.be.above(10_000);
  });

  it('are all refused, in any letter case', () => {
    const passed = common.filter((word) => passwordFaults(word.toUpperCase(), {}).length === 0);
    expect(passed).to.deep.equal([]);
  });
});
