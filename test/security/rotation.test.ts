import { expect } from 'chai';
import { anonymous, type Answer, type Client } from '../support/clients.js';
import { makePlatform, makeUser, PASSWORD } from '../support/factories.js';
import { expectDetail, expectFields } from '../support/refusals.js';
import { withProcess } from '../support/processes.js';

const OLD = 'the key of last year';
const NEW = 'the key of this year';

const me = (client: Client, access: string) =>
  client.get('/account/me/', { Authorization: `Bearer ${access}` });
const refresh = (client: Client, token: string) => client.post('/account/token/refresh/', { refresh: token });

interface Pair {
  access: string;
  refresh: string;
}

describe('rotation of JWT_SECRET', function rotation() {
  this.timeout(60_000);

  it('keeps all logins while the old key is listed, and ends those of the old key once it is removed', async () => {
    const user = await makeUser({ password: PASSWORD });
    for (let count = 0; count < 3; count += 1) await makePlatform();
    const logIn = (client: Client): Promise<Answer> =>
      client.post('/account/token/', { username: user.username, password: PASSWORD });
    let first: Pair = { access: '', refresh: '' };
    let kept: Pair = first;
    let cursor = '';
    await withProcess({ JWT_SECRET: OLD }, async (server) => {
      const client = anonymous.at(server);
      first = (await logIn(client)).body as Pair;
      kept = (await logIn(client)).body as Pair;
      const { body } = await client.get('/watch/platformlist/?cursor=&page_size=1');
      cursor = new URL(body.next as string).search;
    });

    let second: Pair = first;
    await withProcess({ JWT_SECRET: `${NEW},${OLD}` }, async (server) => {
      const client = anonymous.at(server);
      expect((await me(client, first.access)).status, 'an old access token').to.equal(200);
      const refreshed = await refresh(client, first.refresh);
      expect(refreshed.status, 'an old refresh token').to.equal(200);
      second = refreshed.body as Pair;
      expect((await client.get(`/watch/platformlist/${cursor}`)).status, 'an old cursor').to.equal(200);
    });

    await withProcess({ JWT_SECRET: NEW }, async (server) => {
      const client = anonymous.at(server);
      expect((await me(client, second.access)).status, 'the first key has signed').to.equal(200);
      expect((await refresh(client, second.refresh)).status).to.equal(200);
      expectDetail(await me(client, kept.access), 401);
      expectDetail(await refresh(client, kept.refresh), 401);
      expectFields(await client.get(`/watch/platformlist/${cursor}`), 'cursor');
    });
  });
});
