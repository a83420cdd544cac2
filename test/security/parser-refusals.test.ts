import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { withServer } from '../support/server.js';

/** Sends bytes as they are; gives the whole answer. */
async function send(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  socket.write(Buffer.from(text));
  await once(socket, 'close');
  return answer;
}

describe('a request that the HTTP parser or the router cannot read', () => {
  const requests: Record<string, [text: string, status: number]> = {
    'raw UTF-8 in the address': ['GET /watch/été/ HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    'an address that is no URL': ['GET http://[bad/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404],
    'no HTTP at all': ['hello\r\n\r\n', 400],
    'two lengths': ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    'headers that are too large': [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  };
  for (const [name, [text, status]] of Object.entries(requests)) {
    it(`for ${name} gets JSON that says so, with a request id`, async () => {
      await withServer({}, async ({ url }) => {
        const answer = await send(url, text);
        expect(answer).to.match(new RegExp(`^HTTP/1\\.1 ${status} `));
        expect(answer)
          .to.match(/^x-request-id: \S+/im)
          .and.match(/^x-content-type-options: nosniff/im);
        const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { detail: string };
        expect(body.detail).to.be.a('string');
      });
    });
  }
});
