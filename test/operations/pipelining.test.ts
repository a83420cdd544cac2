import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createLimitedServer } from '../../src/http/server.js';

/** The most that wait for their answers. */
const WAITING_MAX = 24;

const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
const many = (count: number) => Array.from({ length: count }, (_, index) => get(`/${index}`)).join('');

/** The paths that a client was answered, in order. */
const pathsIn = (received: string) => [...received.matchAll(/^(\/\d+)$/gm)].map(([path]) => path);
const paths = (count: number) => Array.from({ length: count }, (_, index) => `/${index}`);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

describe('pipelined requests', function () {
  this.timeout(60_000);
  let server: Server;
  let port: number;
  const running = new Map<Socket, number>();
  let most = 0;
  let mostConnections = 0;
  let begun = 0;
  /** How long an answer takes. */
  let answerMs = 0;
  /** The answers that a test holds back. */
  let held: (() => void)[] | null = null;

  before(async () => {
    server = createLimitedServer((request, response: ServerResponse) => {
      const { socket } = request;
      begun += 1;
      running.set(socket, (running.get(socket) ?? 0) + 1);
      most = Math.max(most, running.get(socket) ?? 0);
      mostConnections = Math.max(mostConnections, [...running.values()].filter(Boolean).length);
      const answer = () => {
        running.set(socket, (running.get(socket) ?? 0) - 1);
        response.end(`${request.url}\n`);
      };
      if (held) held.push(answer);
      else setTimeout(answer, answerMs);
    }, {} as never).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(() => {
    running.clear();
    [most, begun, answerMs] = [0, 0, 1];
  });
  after(() => server.close());

  function open(): { socket: Socket; received: () => string } {
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    let text = '';
    socket.on('error', () => undefined).on('data', (chunk: string) => (text += chunk));
    return { socket, received: () => text };
  }

  /** Sends bytes and waits for so many answers. */
  async function answered(sent: string, count: number): Promise<string> {
    const { socket, received } = open();
    socket.write(sent);
    while (pathsIn(received()).length < count) await once(socket, 'data');
    socket.destroy();
    return received();
  }

  /** Sends bytes and waits until the server closes the connection. */
  async function closedBy(sent: string): Promise<string> {
    const { socket, received } = open();
    socket.write(sent);
    await once(socket, 'close');
    return received();
  }

  it('are answered in order, one after another, those of several connections side by side', async () => {
    expect(pathsIn(await answered(many(20), 20))).to.deep.equal(paths(20));
    expect(most).to.equal(1);
    answerMs = 20;
    mostConnections = 0;
    await Promise.all(Array.from({ length: 50 }, () => answered(many(5), 5)));
    expect(most).to.equal(1);
    expect(mostConnections).to.be.above(10);
  });

  it('go on for as long as a client reads its answers', async () => {
    const { socket, received } = open();
    answerMs = 0;
    for (let round = 0; round < 30; round += 1) {
      socket.write(many(20));
      while (pathsIn(received()).length < (round + 1) * 20) await once(socket, 'data');
    }
    expect(pathsIn(received())).to.have.length(600);
    socket.destroy();
  });

  it('beyond a number that wait are refused, once those before them are answered', async () => {
    const received = await closedBy(many(2_000));
    expect(pathsIn(received)).to.deep.equal(paths(WAITING_MAX));
    expect(received.split('HTTP/1.1 ').at(-1)).to.match(
      /^429 [^]*^Connection: close[^]*\{"detail":"Too many/m,
    );
    expect(begun).to.equal(WAITING_MAX);
    expect(pathsIn(await answered(many(1), 1))).to.deep.equal(['/0']);
  });

  it('that Node refuses itself count, too', async () => {
    const received = await closedBy('GET / HTTP/1.1\r\n\r\n'.repeat(1_000));
    expect(received.split('HTTP/1.1 400')).to.have.length(2);
    const { socket, received: text } = open();
    // More than the limit, but one by one.
    for (let index = 0; index < 40; index += 1) {
      socket.write(get(`/${index}`, 'Expect: a-miracle\r\n'));
      while (pathsIn(text()).length <= index) await once(socket, 'data');
    }
    socket.destroy();
  });

  it('of clients that leave are not begun', async () => {
    held = [];
    const clients = Array.from({ length: 100 }, open);
    for (const { socket } of clients) socket.write(many(20));
    await until(() => begun === 100);
    for (const { socket } of clients) socket.destroy();
    while ((await openConnections()) > 0) await sleep(5);
    for (const answer of held) answer();
    held = null;
    await sleep(20);
    expect(begun).to.equal(100);
    expect(pathsIn(await answered(many(2), 2))).to.deep.equal(paths(2));
  });

  it('begin few in a turn of the event loop, so that others get theirs', async () => {
    const clients = Array.from({ length: 100 }, open);
    await Promise.all(clients.map(({ socket }) => once(socket, 'connect')));
    answerMs = 0;
    let [mostInATurn, before] = [0, 0];
    let isOver = false;
    const count = () => {
      mostInATurn = Math.max(mostInATurn, begun - before);
      before = begun;
      if (!isOver) setImmediate(count);
    };
    count();
    const ends = clients.map(({ socket }) => once(socket, 'close'));
    for (const { socket } of clients) socket.write(many(2_000));
    await Promise.all(ends);
    isOver = true;
    expect(begun).to.equal(100 * WAITING_MAX);
    // The first of each connection begin as they come.
    expect(mostInATurn).to.be.within(20, 120);
  });

  it('before one that is not valid HTTP are answered before its refusal', async () => {
    answerMs = 50;
    const received = await closedBy(`${many(3)}no HTTP\r\n\r\n`);
    expect(pathsIn(received)).to.deep.equal(paths(3));
    expect(received.split('HTTP/1.1 ').map((answer) => answer.slice(0, 3))).to.deep.equal([
      '', '200', '200', '200', '400',
    ]); // prettier-ignore
  });

  it('before one whose body is not valid are answered, and it has one answer', async () => {
    answerMs = 50;
    const post = 'POST /3 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
    const received = await closedBy(`${many(3)}${post}zz\r\n`);
    expect(pathsIn(received)).to.deep.equal(paths(3));
    expect(received.match(/^HTTP\/1.1 \d+/gm)).to.deep.equal([
      'HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 400',
    ]); // prettier-ignore
  });

  function openConnections(): Promise<number> {
    return new Promise((resolve, reject) =>
      server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  }
});
