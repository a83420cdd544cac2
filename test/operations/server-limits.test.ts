import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createLimitedServer } from '../../src/http/server.js';

const FROM_ONE_ADDRESS = 5_000;
/** What a body must bring, in tests of slow ones. */
const PROGRESS = { bytes: 500, ms: 300 };

/** Called when a request to `/busy` begins. */
let whenBusy: () => void;

/** Keeps the process from reading and from its timers. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Answers with the length of the body. */
const listener: RequestListener = async (request, response) => {
  // A handler that waits for its turn holds the client up itself.
  if (request.url === '/later') await sleep(1_200);
  if (request.url === '/busy') {
    whenBusy();
    block(2 * PROGRESS.ms);
  }
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  response.end(String(bytes));
};

describe('a server', function () {
  this.timeout(60_000);
  let server: Server;
  let port: number;
  before(async () => {
    server = createLimitedServer((_request, response) => void response.end(), {} as never).listen(0);
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  after(() => server.close());

  it('keeps connections free for others when one address takes many', async () => {
    const sockets: Socket[] = [];
    let closed = 0;
    try {
      while (sockets.length < FROM_ONE_ADDRESS + 10) {
        const some = Array.from({ length: 251 }, () => connect(port, '127.0.0.1'));
        sockets.push(...some);
        await Promise.all(
          some.map((socket) => {
            socket.on('error', () => undefined).on('close', () => (closed += 1));
            return once(socket, 'connect').catch(() => undefined);
          }),
        );
      }
      const other = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' }).setEncoding('latin1');
      other.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      expect((await once(other, 'data'))[0]).to.match(/^HTTP\/1.1 200/);
      other.destroy();
      expect(closed).to.equal(sockets.length - FROM_ONE_ADDRESS);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  });

  describe('with bodies that come slowly', () => {
    let slow: Server;
    before(async () => {
      slow = createLimitedServer(listener, {} as never, PROGRESS).listen(0);
      await once(slow, 'listening');
    });
    after(() => slow.close());

    /** Sends a body in pieces of a size, one each 100 ms; gives what comes back. */
    async function send(path: string, pieces: number, size: number): Promise<string> {
      const socket = connect((slow.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8');
      const answers: string[] = [];
      socket.on('data', (text) => void answers.push(String(text))).on('error', () => undefined);
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${pieces * size}\r\n\r\n`,
      );
      for (let sent = 0; sent < pieces && answers.length === 0; sent += 1) {
        socket.write('x'.repeat(size));
        await sleep(100);
      }
      if (!socket.closed) await once(socket, 'close');
      return answers.join('');
    }

    it('takes one that makes progress, however long it takes, and refuses one that does not in words', async () => {
      const [steady, stalled, waiting] = await Promise.all([
        send('/', 20, 600),
        send('/', 60, 10),
        send('/later', 1, 300_000),
      ]);
      expect(steady).to.match(/^HTTP\/1.1 200 [^]*12000/);
      expect(waiting).to.match(/^HTTP\/1.1 200 [^]*300000/);
      expect(stalled).to.match(/^HTTP\/1.1 408 /);
      expect(JSON.parse(stalled.slice(stalled.indexOf('\r\n\r\n')))).to.deep.equal({
        detail: 'The request did not arrive in time: the connection is too slow.',
      });
    });

    it('takes one that arrives while it is busy', async () => {
      const socket = connect((slow.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8');
      whenBusy = () => void socket.write('x'.repeat(300_000));
      socket.write('POST /busy HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 300000\r\n\r\n');
      expect((await once(socket, 'data'))[0]).to.match(/^HTTP\/1.1 200 [^]*300000/);
    });
  });
});
