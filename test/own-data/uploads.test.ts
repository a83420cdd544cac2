import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import type { Config } from '../../src/config.js';
import { transaction } from '../../src/database/transactions.js';
import { Review } from '../../src/models/review.js';
import { lockUsers } from '../../src/ratings/locks.js';
import { asUser, type UserClient } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { csv, importFile } from '../support/own-data.js';
import { sharedUrl, withServer } from '../support/server.js';
import { getPage, sessionOf } from '../support/site.js';

const RATINGS = csv('Date,Name,Year,Letterboxd URI,Rating', ',Heat,1995,,4');
const BOUNDARY = 'x';
const BYTES = 9_000_000;

/** A form with the file. */
const WHOLE = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="ratings.csv"\r\n\r\n${RATINGS}\r\n--${BOUNDARY}--\r\n`;

/** Begins to send a file, and stops. */
function beginUpload(url: string, headers: Record<string, string>): ClientRequest {
  const sent = request(url, {
    method: 'POST',
    headers: {
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      'Content-Length': String(BYTES),
      ...headers,
    },
  });
  sent.on('error', () => undefined);
  sent.write(`--${BOUNDARY}\r\n`);
  return sent;
}

/** Sends a whole file from another address of this machine; gives the status. */
async function importFrom(localAddress: string, { key }: UserClient): Promise<number | undefined> {
  const sent = request(`${sharedUrl()}/account/import/?dry_run=true`, {
    localAddress,
    method: 'POST',
    headers: {
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      'Content-Length': Buffer.byteLength(WHOLE),
      Authorization: `Token ${key}`,
    },
  });
  sent.end(WHOLE);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

const begin = ({ key }: UserClient) =>
  beginUpload(`${sharedUrl()}/account/import/`, { Authorization: `Token ${key}` });

describe('uploads of members', () => {
  it('are read two at once of an account, which holds no other one up', async () => {
    const [ana, ben] = [await asUser(), await asUser()];
    const slow = [begin(ana), begin(ana)];
    await Promise.all(slow.map((sent) => once(sent, 'socket')));
    await setTimeout(200);
    let isAnswered = false;
    const third = importFile(ana, 'ratings.csv', RATINGS, '?dry_run=true').finally(() => (isAnswered = true));
    expect((await importFile(ben, 'ratings.csv', RATINGS, '?dry_run=true')).status).to.equal(200);
    await setTimeout(200);
    expect(isAnswered).to.equal(false);
    slow.pop()?.destroy();
    expect((await third).status).to.equal(200);
    slow.pop()?.destroy();
  });

  it('of one address hold no other one up, whatever accounts they are of', async () => {
    const accounts = await Promise.all(Array.from({ length: 8 }, () => asUser()));
    const slow = accounts.flatMap((client) => [begin(client), begin(client)]);
    await Promise.all(slow.map((sent) => once(sent, 'socket')));
    await setTimeout(300);
    try {
      expect(await importFrom('127.0.0.2', await asUser())).to.equal(200);
    } finally {
      for (const sent of slow) sent.destroy();
    }
  });

  it('count as imports though their client has gone, since they are done', async () => {
    await withServer({ THROTTLE_OWN_DATA: { limit: 1, windowMs: 3_600_000 } }, async (server) => {
      const client = await asUser();
      await makeMovie({ title: 'Heat', year: 1995 });
      const gone = beginUpload(`${server.url}/account/import/`, {
        Authorization: `Token ${client.key}`,
        'Content-Length': String(Buffer.byteLength(WHOLE)),
      });
      await transaction(async () => {
        await lockUsers([client.user.id], { alone: true });
        gone.end(WHOLE.slice(`--${BOUNDARY}\r\n`.length));
        await setTimeout(300);
        gone.destroy();
        await setTimeout(100);
      });
      while ((await Review.count()) === 0) await setTimeout(20);
      expect((await importFile(client.at(server), 'ratings.csv', RATINGS)).status).to.equal(429);
    });
  });

  it('count as imports where they were read, and four times as many in all, before their bodies', async () => {
    const rate: Partial<Config> = { THROTTLE_OWN_DATA: { limit: 2, windowMs: 3_600_000 } };
    await withServer(rate, async (server) => {
      const client = (await asUser()).at(server);
      const statuses = [];
      for (const file of ['x', RATINGS, 'x', '[{', RATINGS, RATINGS, 'x', 'x', RATINGS]) {
        statuses.push((await importFile(client, 'ratings.csv', file)).status);
      }
      // The sixth is the third import, the ninth is the ninth file.
      expect(statuses).to.deep.equal([400, 200, 400, 400, 200, 429, 429, 429, 429]);

      const { user } = await asUser();
      const cookie = await sessionOf(user);
      const upload = async (file: string) => {
        const body = new FormData();
        body.append('form', 'import');
        body.append('file', new Blob([file]), 'ratings.csv');
        const headers = { Origin: server.url, Cookie: cookie };
        const sent = await fetch(`${server.url}/settings/import`, { method: 'POST', headers, body });
        await sent.arrayBuffer();
        return sent.status;
      };
      const onSite = [];
      for (const file of ['x', 'x', 'x', 'x', 'x', RATINGS, RATINGS, RATINGS])
        onSite.push(await upload(file));
      expect(onSite).to.deep.equal([400, 400, 400, 400, 400, 200, 200, 429]);
      const begun = beginUpload(`${server.url}/settings/import`, { Origin: server.url, Cookie: cookie });
      const [answer] = (await once(begun, 'response')) as [IncomingMessage];
      expect(answer.statusCode).to.equal(429);
      begun.destroy();
    });
  });

  it('and exports of the site leave nothing in caches', async () => {
    const { user } = await asUser();
    const sent = await getPage('/settings/export', { cookie: await sessionOf(user) });
    expect([sent.status, sent.headers.get('cache-control')]).to.deep.equal([200, 'no-store']);
    await sent.arrayBuffer();
  });
});
