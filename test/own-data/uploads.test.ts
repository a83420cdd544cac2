import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import type { Config } from '../../src/config.js';
import { asUser, type UserClient } from '../support/clients.js';
import { csv, importFile } from '../support/own-data.js';
import { sharedUrl, withServer } from '../support/server.js';
import { getPage, sessionOf } from '../support/site.js';

const RATINGS = csv('Date,Name,Year,Letterboxd URI,Rating', ',Heat,1995,,4');
const BOUNDARY = 'x';
const BYTES = 9_000_000;

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
  const body = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="ratings.csv"\r\n\r\n${RATINGS}\r\n--${BOUNDARY}--\r\n`;
  const sent = request(`${sharedUrl()}/account/import/?dry_run=true`, {
    localAddress,
    method: 'POST',
    headers: {
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      'Content-Length': Buffer.byteLength(body),
      Authorization: `Token ${key}`,
    },
  });
  sent.end(body);
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
