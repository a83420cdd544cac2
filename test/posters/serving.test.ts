import { expect } from 'chai';
import { asAdmin } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { jpeg, namesOf, putPoster, readStored } from '../support/pictures.js';
import { sharedUrl } from '../support/server.js';

describe('/media/', () => {
  let address: string;
  let content: Buffer;

  beforeEach(async () => {
    const { body } = await putPoster(await asAdmin(), (await makeMovie()).id, await jpeg());
    address = body.poster.large;
    content = await readStored(namesOf(body.poster)[1] as string);
  });

  it('serves a picture to any site, to be kept for ever', async () => {
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(address, { method });
      expect(response.status).to.equal(200);
      expect(Object.fromEntries(response.headers)).to.include({
        'content-type': 'image/webp',
        'content-length': String(content.length),
        'cache-control': 'public, max-age=31536000, immutable',
        'accept-ranges': 'bytes',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(response.headers.get('set-cookie')).to.equal(null);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.equals(method === 'GET' ? content : Buffer.alloc(0)), method).to.equal(true);
    }
  });

  it('answers conditions and ranges', async () => {
    const tag = (await fetch(address)).headers.get('etag') as string;
    const same = await fetch(address, { headers: { 'If-None-Match': tag } });
    expect([same.status, same.headers.get('cache-control')]).to.deep.equal([
      304,
      'public, max-age=31536000, immutable',
    ]);
    const total = content.length;
    for (const [range, from, to] of [
      ['bytes=0-9', 0, 10],
      ['bytes=10-', 10, total],
      ['bytes=-5', total - 5, total],
      [`bytes=5-${total + 50}`, 5, total],
    ] as const) {
      const part = await fetch(address, { headers: { Range: range } });
      expect(part.status, range).to.equal(206);
      expect(part.headers.get('content-range')).to.equal(`bytes ${from}-${to - 1}/${total}`);
      expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(from, to)), range).to.equal(true);
    }
    const beyond = await fetch(address, { headers: { Range: `bytes=${total}-` } });
    expect(beyond.status).to.equal(416);
    expect(beyond.headers.get('content-range')).to.equal(`bytes */${total}`);
    expect(beyond.headers.get('cache-control'), 'not for ever').to.equal(null);
    const whole: Record<string, string>[] = [
      { Range: 'lines=1-2' },
      { Range: 'bytes=0-4', 'If-Range': '"another"' },
    ];
    for (const headers of whole) {
      expect((await fetch(address, { headers })).status, JSON.stringify(headers)).to.equal(200);
    }
    const current = await fetch(address, { headers: { Range: 'bytes=0-4', 'If-Range': tag } });
    expect(current.status).to.equal(206);
  });

  it('serves nothing else', async () => {
    const name = address.slice(address.lastIndexOf('/') + 1);
    const elsewhere = [
      name.replace(/^./, (digit) => (digit === 'f' ? '0' : 'f')),
      name.toUpperCase(),
      name.replace('-large', '-huge'),
      `${name.slice(0, 2)}%2f${name}`,
      `../${name}`,
      '..%2f..%2fapp.sqlite',
      '%2e%2e%2fapp.sqlite',
      '..\\app.sqlite',
      '.draft-0',
      `${name}%00`,
      `${name}.gz`,
      '%',
      '',
    ];
    for (const path of elsewhere) {
      const response = await fetch(`${sharedUrl()}/media/posters/${path}`);
      expect(response.status, path).to.be.oneOf([400, 404]);
      expect(response.headers.get('cache-control'), path).to.equal(null);
      expect(response.headers.get('content-type'), path).to.include('application/json');
    }
    expect((await fetch(address, { method: 'POST' })).status).to.equal(405);
    expect((await fetch(address, { method: 'DELETE' })).headers.get('allow')).to.equal('GET, HEAD, OPTIONS');
    expect((await fetch(address, { method: 'OPTIONS' })).status).to.equal(204);
  });
});
