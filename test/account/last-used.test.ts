import { EventEmitter, once } from 'node:events';
import { expect } from 'chai';
import { findToken } from '../../src/auth/tokens.js';
import { AuthToken } from '../../src/models/auth-token.js';
import { asUser, type UserClient } from '../support/clients.js';

const MINUTE_MS = 60_000;
const update = AuthToken.update.bind(AuthToken);
const write = (last_used: Date, id: number) => update({ last_used }, { where: { user_id: id } });

/** Watches the writes of `last_used`; `hold` delays each of them. */
function watch(hold?: Promise<unknown>): { writes: Promise<unknown>[] } {
  const writes: Promise<unknown>[] = [];
  AuthToken.update = ((...given: Parameters<typeof update>) => {
    const done = Promise.resolve(hold).then(() => update(...given));
    writes.push(done);
    return done;
  }) as unknown as typeof AuthToken.update;
  return { writes };
}

async function lastUsed(client: UserClient): Promise<Date | null> {
  return ((await findToken(client.key)) as AuthToken).last_used;
}

describe('last_used', () => {
  afterEach(() => {
    AuthToken.update = update as typeof AuthToken.update;
  });

  it('is written at the first use, and then at most once a minute', async () => {
    const client = await asUser();
    expect(await lastUsed(client)).to.equal(null);
    const { writes } = watch();
    for (let count = 0; count < 5; count += 1) await client.get('/account/me/');
    await Promise.all(Array.from({ length: 5 }, () => client.get('/account/me/')));
    expect(writes).to.have.length(1);
    await Promise.all(writes);
    expect(Date.now() - ((await lastUsed(client))?.getTime() ?? 0)).to.be.within(0, MINUTE_MS);

    const age = (ms: number) => write(new Date(Date.now() - ms), client.user.id);
    await age(MINUTE_MS - 10_000);
    await client.get('/account/me/');
    expect(writes, 'less than a minute ago').to.have.length(1);
    await age(MINUTE_MS + 1_000);
    await client.get('/account/me/');
    expect(writes, 'more than a minute ago').to.have.length(2);
    await Promise.all(writes);
  });

  it('does not delay the request', async () => {
    const client = await asUser();
    const gate = new EventEmitter();
    const { writes } = watch(once(gate, 'open'));
    expect((await client.get('/account/me/')).status, 'answered before the write').to.equal(200);
    expect(writes).to.have.length(1);
    gate.emit('open');
    await Promise.all(writes);
    expect(await lastUsed(client)).not.to.equal(null);
  });

  it('does not fail the request when its write fails', async () => {
    const client = await asUser();
    const gate = new EventEmitter();
    const { writes } = watch(once(gate, 'open'));
    expect((await client.get('/account/me/')).status).to.equal(200);
    gate.emit('error', new Error('the disk is full'));
    expect((await Promise.allSettled(writes)).map(({ status }) => status)).to.deep.equal(['rejected']);
    expect((await client.get('/account/me/')).status).to.equal(200);
  });
});
