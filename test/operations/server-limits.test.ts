import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { createLimitedServer } from '../../src/http/server.js';

const FROM_ONE_ADDRESS = 5_000;

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
});
