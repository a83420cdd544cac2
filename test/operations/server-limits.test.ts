import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { createLimitedServer } from '../../src/http/server.js';

const FROM_ONE_ADDRESS = 5_000;

const requests = (count: number) =>
  Array.from({ length: count }, (_, index) => `GET /${index} HTTP/1.1\r\nHost: x\r\n\r\n`).join('');

describe('a server', function () {
  this.timeout(60_000);
  let server: Server;
  let port: number;
  let running = 0;
  let most = 0;
  before(async () => {
    server = createLimitedServer((request, response) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        response.end(request.url);
      }, 10);
    }, {} as never).listen(0);
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  after(() => server.close());

  async function answered(text: string, last: string): Promise<string> {
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    let received = '';
    socket.on('data', (chunk: string) => (received += chunk)).write(text);
    while (!received.endsWith(last)) await once(socket, 'data');
    socket.destroy();
    return received;
  }

  it('begins the requests of a connection one after another, and answers them in order', async () => {
    const received = await answered(requests(20), '/19');
    const bodies = [...received.matchAll(/^\/(\d+)/gm)].map(([, index]) => Number(index));
    expect(bodies).to.deep.equal(Array.from({ length: 20 }, (_, index) => index));
    expect(most).to.equal(1);
    // Those of several connections run side by side.
    await Promise.all([answered(requests(5), '/4'), answered(requests(5), '/4')]);
    expect(most).to.equal(2);
  });

  it('goes on after a client that leaves in the midst of its requests', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write(requests(50));
    await once(socket, 'data');
    socket.destroy();
    expect(await answered(requests(1), '/0')).to.match(/^HTTP\/1.1 200/);
  });

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
      other.write(requests(1));
      expect((await once(other, 'data'))[0]).to.match(/^HTTP\/1.1 200/);
      other.destroy();
      expect(closed).to.equal(sockets.length - FROM_ONE_ADDRESS);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  });
});
