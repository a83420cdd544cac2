import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Request } from 'express';
import { ConnectionError } from 'sequelize';
import { loggedRequest } from '../../src/http/request-log.js';
import { log } from '../../src/log.js';
import { User } from '../../src/models/user.js';
import { anonymous, asUser } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { type Server, withServer } from '../support/server.js';

interface Line {
  level: string;
  req: Record<string, unknown>;
  res: { status?: number; bytes?: number; aborted?: true };
  [field: string]: unknown;
}

const LEVELS = ['info', 'warn', 'error'] as const;

/** The lines that are logged while `work` runs, once there are `count` of them. */
async function linesOf(work: () => Promise<unknown>, count = 1): Promise<Line[]> {
  const lines: Line[] = [];
  const originals = LEVELS.map((level) => [level, log[level]] as const);
  for (const level of LEVELS) {
    Reflect.set(log, level, (fields: object) => lines.push({ level, ...fields } as Line));
  }
  try {
    await work();
    for (let tries = 0; lines.length < count && tries < 200; tries += 1) await sleep(10);
    // A line too many would come now.
    await sleep(20);
    return lines;
  } finally {
    for (const [level, original] of originals) Reflect.set(log, level, original);
  }
}

/** The address that the log has for a request. */
function loggedUrl(originalUrl: string): unknown {
  const request = { id: 'x', method: 'GET', originalUrl } as Request;
  return (loggedRequest(request) as { url: string }).url;
}

/** Sends bytes on a connection of their own, and gives what comes back. */
function sendRaw({ url }: Server, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (chunk) => (answer += String(chunk)));
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

describe('the log of a request', () => {
  it('has no password and no token of its query', () => {
    expect(loggedUrl('/admin/login?email=ann&password=quiet-harbour-71&next=/')).to.equal(
      '/admin/login?email=ann&password=…&next=/',
    );
    expect(loggedUrl('/account/email/confirm/?token=1b3d5f7a')).to.equal('/account/email/confirm/?token=…');
    expect(loggedUrl('/x?%70assword=a&pass%77ord=b&%zz=c')).to.equal('/x?%70assword=…&pass%77ord=…&%zz=c');
    expect(loggedUrl('/x?Password=a&old_password=b&otp=123456')).to.equal(
      '/x?Password=…&old_password=…&otp=…',
    );
    expect(loggedUrl('/watch/watchlist/?search=token&page=2')).to.equal(
      '/watch/watchlist/?search=token&page=2',
    );
  });

  it('is one line with the client behind the proxy, the user, the route and the bytes', async () => {
    const movie = await makeMovie();
    const user = await asUser();
    await withServer({ TRUST_PROXY: 1 }, async (server) => {
      const headers = {
        'X-Forwarded-For': '203.0.113.9, 198.51.100.7',
        'User-Agent': `Film/1 ${'x'.repeat(900)}`,
      };
      let body = '';
      const [line, ...others] = await linesOf(async () => {
        const answer = await user.at(server).get(`/watch/watchlist/${movie.id}/`, headers);
        body = answer.text;
      });
      expect(others).to.deep.equal([]);
      const { req, res, level } = line as Line;
      const { id } = (await User.findOne()) as User;
      expect(level).to.equal('info');
      expect(req).to.deep.include({
        address: '198.51.100.7',
        user: id,
        route: '/watch/watchlist/:id/',
        method: 'GET',
      });
      expect(String(req.agent))
        .to.match(/^Film\/1 x+$/)
        .and.have.length(300);
      expect(res.status).to.equal(200);
      expect(res.bytes).to.be.within(Buffer.byteLength(body) + 200, Buffer.byteLength(body) + 3_000);
      // An answer from the response cache, and one of the site, by the same client.
      const path = `/watch/watchlist/${movie.id}/?fields=id`;
      const [first, kept, page] = await linesOf(async () => {
        await anonymous.at(server).get(path, headers);
        await anonymous.at(server).get(path, headers);
        await (await fetch(`${server.url}/movies`, { headers })).text();
      }, 3);
      expect(kept?.res).to.deep.equal(first?.res);
      expect(kept?.req).to.deep.include({ address: '198.51.100.7', route: '/watch/watchlist/:id/' });
      expect(page?.req).to.deep.include({ address: '198.51.100.7', route: '/movies' });
    });
  });

  it('is one line where the database fails, and where the client gives up or sends what is no HTTP', async () => {
    const byUsername = User.byUsername.bind(User);
    await withServer({}, async (server) => {
      const logIn = (signal?: AbortSignal) =>
        fetch(`${server.url}/account/login/`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: '{"username": "ann", "password": "quiet-harbour-71"}',
          ...(signal && { signal }),
        });
      try {
        User.byUsername = () => Promise.reject(new ConnectionError(new Error('the database is frozen')));
        const refused = await linesOf(async () => expect((await logIn()).status).to.equal(503));
        expect(refused).to.have.length(1);
        expect(refused[0]).to.deep.include({ level: 'warn', reason: 'the database is frozen' });
        expect(refused[0]?.res.status).to.equal(503);

        User.byUsername = () => sleep(300).then(() => Promise.reject(new ConnectionError(new Error('late'))));
        const aborted = await linesOf(async () => {
          await logIn(AbortSignal.timeout(100)).catch(() => undefined);
          await sleep(400);
        });
        expect(aborted).to.have.length(1);
        expect(aborted[0]?.res).to.deep.include({ aborted: true });
        expect(aborted[0]?.req).to.deep.include({ route: '/account/login/', address: '127.0.0.1' });

        User.byUsername = () => Promise.reject(new TypeError('a fault'));
        const failed = await linesOf(logIn);
        expect(failed).to.have.length(1);
        expect(failed[0]?.level).to.equal('error');
        expect(failed[0]?.err).to.be.instanceOf(TypeError);
      } finally {
        User.byUsername = byUsername;
      }
      const unread = await linesOf(() => sendRaw(server, 'GET / HTTP/1.1\r\nbad header\r\n\r\n'));
      expect(unread).to.have.length(1);
      expect(unread[0]?.res).to.deep.equal({ status: 400 });
      expect(unread[0]?.req).to.deep.include({ address: '127.0.0.1' });
    });
  });
});
