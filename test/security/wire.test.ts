import { expect } from 'chai';
import { connect } from 'node:net';
import { anonymous, asUser } from '../support/clients.js';
import { makeReview } from '../support/factories.js';
import { sharedUrl } from '../support/server.js';

/** Sends bytes that no HTTP client would; returns the whole answer until the connection closes. */
function sendRaw(lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const { hostname, port } = new URL(sharedUrl());
    const socket = connect(Number(port), hostname, () => socket.write(lines.join('\r\n')));
    socket
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        text += chunk;
      })
      .on('close', () => resolve(text))
      .on('error', reject);
  });
}

describe('on the wire', () => {
  const SMUGGLED = 'GET /watch/platformlist/ HTTP/1.1';
  const ambiguous: Record<string, string[]> = {
    'two lengths': ['Content-Length: 2', 'Content-Length: 40'],
    'a length beside chunks': ['Content-Length: 4', 'Transfer-Encoding: chunked'],
    'an encoding that is none': ['Transfer-Encoding: chunked, identity'],
    'a space before the colon': ['Content-Length : 2'],
  };
  for (const [what, headers] of Object.entries(ambiguous)) {
    it(`a request with an ambiguous end is refused, and the rest is not read as a request: ${what}`, async () => {
      const request = [
        'POST /account/login/ HTTP/1.1',
        'Host: x',
        ...headers,
        '',
        '0',
        '',
        SMUGGLED,
        'Host: x',
        '',
        '',
      ];
      const answer = await sendRaw(request);
      expect(answer).to.match(/^HTTP\/1\.1 400 /);
      expect(answer.match(/HTTP\/1\.1 /g), answer).to.have.length(1);
    });
  }

  it('a request with two Host headers is refused at every door', async () => {
    for (const path of ['/watch/watchlist/', '/', '/docs/', '/admin/login', '/nothing']) {
      const answer = await sendRaw([
        `GET ${path} HTTP/1.1`,
        'Host: a',
        'hOST: b',
        'Connection: close',
        '',
        '',
      ]);
      expect(answer, path).to.match(/^HTTP\/1\.1 400 /);
      expect(answer, path).to.include('{"detail":"The request has several Host headers."}');
      expect(answer, path).to.match(/x-request-id/i);
    }
  });

  it('every body has its content type, in UTF-8, so that no browser renders HTML in it', async () => {
    const html = '<script>alert(1)</script>';
    const review = await makeReview({ description: html });
    const user = await asUser();
    const answers = [
      await anonymous.get(`/watch/review/${review.id}/`),
      await anonymous.get('/healthz'),
      await anonymous.get('/readyz'),
      await anonymous.get(`/${encodeURIComponent(html)}`),
      await anonymous.get('/watch/watchlist/?ordering=%3Cscript%3E'),
      await anonymous.get('/account/me/'),
      await user.post('/watch/platformlist/', {}),
      await user.patch('/account/me/', { email: html }),
    ];
    expect(answers[0]?.body.description, 'stored and sent as it is').to.equal(html);
    for (const { headers, text } of answers) {
      expect(headers.get('content-type'), text).to.equal('application/json; charset=utf-8');
      expect(headers.get('x-content-type-options'), text).to.equal('nosniff');
    }
  });
});
