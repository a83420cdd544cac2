import { expect } from 'chai';
import { parseMediaUrl, type BucketAddress } from '../../src/addresses/media.js';
import { S3Store } from '../../src/media/s3-store.js';
import { anonymous, asAdmin, type UserClient } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { anotherJpeg, bytesAt, namesOf, putPoster } from '../support/pictures.js';
import { type AppProcess, startApp } from '../support/processes.js';
import { type S3, startS3 } from '../support/s3.js';

describe('posters in an S3-compatible store', function s3() {
  this.timeout(60_000);
  let store: S3;
  let server: AppProcess;
  let admin: UserClient;
  let id: number;

  before(async () => {
    store = await startS3();
    server = await startApp({ MEDIA_URL: store.url });
  });
  after(async () => {
    await server?.kill();
    await store.close();
  });

  beforeEach(async () => {
    store.reset();
    admin = await asAdmin();
    ({ id } = await makeMovie());
  });

  const direct = () => new S3Store(parseMediaUrl(store.url) as BucketAddress);

  async function namesInBucket(): Promise<string[]> {
    const names: string[] = [];
    for await (const { name } of direct().list()) names.push(name);
    return names;
  }

  it('are stored, served with ranges and conditions, and shared', async () => {
    const picture = await anotherJpeg();
    const put = await putPoster(admin.at(server), id, picture);
    expect(put.status).to.equal(200);
    const { poster } = put.body;
    const other = await makeMovie();
    expect((await putPoster(admin.at(server), other.id, picture)).body.poster).to.deep.equal(poster);
    expect((await namesInBucket()).toSorted()).to.deep.equal(namesOf(poster).toSorted());

    const response = await fetch(poster.large);
    expect(Object.fromEntries(response.headers)).to.include({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      etag: `"${namesOf(poster)[1]}"`,
    });
    const content = Buffer.from(await response.arrayBuffer());
    expect(content.equals((await direct().read(namesOf(poster)[1] as string)) as Buffer)).to.equal(true);
    const part = await fetch(poster.large, { headers: { Range: 'bytes=2-5' } });
    expect([part.status, part.headers.get('content-range')]).to.deep.equal([
      206,
      `bytes 2-5/${content.length}`,
    ]);
    expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(2, 6))).to.equal(true);
    const beyond = await fetch(poster.large, { headers: { Range: `bytes=${content.length}-` } });
    expect([beyond.status, beyond.headers.get('cache-control')]).to.deep.equal([416, null]);
    const head = await fetch(poster.large, { method: 'HEAD' });
    expect(head.headers.get('content-length')).to.equal(String(content.length));
    const tag = head.headers.get('etag') as string;
    expect((await fetch(poster.large, { headers: { 'If-None-Match': tag } })).status).to.equal(304);
    const missing = await fetch(poster.large.replace(/[0-9a-f]{40}/, 'a'.repeat(40)));
    expect([missing.status, missing.headers.get('cache-control')]).to.deep.equal([404, null]);

    store.requests.length = 0;
    await Promise.all(Array.from({ length: 20 }, () => bytesAt(poster.small)));
    expect(store.requests, 'one read for all, kept in memory').to.have.length(1);
  });

  it('survive a store that fails now and then', async () => {
    for (const status of [500, 503, 429]) {
      store.weather.failures = { status, count: 2 };
      const { status: answered, body } = await putPoster(admin.at(server), id, await anotherJpeg());
      expect(answered, String(status)).to.equal(200);
      store.weather.failures = { status, count: 2 };
      expect((await fetch(body.poster.small)).status, String(status)).to.equal(200);
    }
  });

  it('are refused with a 503 while the store is away, failing or slow; all else goes on', async () => {
    const troubles: [string, Partial<S3['weather']>][] = [
      ['away', { isAway: true }],
      ['failing', { failures: { status: 500, count: 100 } }],
      ['refusing', { failures: { status: 403, count: 100 } }],
      ['slow', { delay: 15_000 }],
    ];
    for (const [name, trouble] of troubles) {
      const before = (await putPoster(admin.at(server), id, await anotherJpeg())).body.poster;
      Object.assign(store.weather, trouble);
      const start = performance.now();
      const [put, read] = await Promise.all([
        putPoster(admin.at(server), id, await anotherJpeg()),
        fetch(before.small),
        (async () => {
          const movie = await anonymous.at(server).get(`/watch/watchlist/${id}/`);
          expect(performance.now() - start, 'the API does not wait').to.be.below(2_000);
          expect(movie.body.poster, 'the row is as it was').to.deep.equal(before);
        })(),
      ]);
      for (const answer of [put, read]) {
        expect(answer.status, name).to.equal(503);
        expect(answer.headers.get('retry-after'), name).to.equal('5');
        expect(answer.headers.get('cache-control'), name).to.equal(null);
      }
      expect(performance.now() - start, name).to.be.below(14_000);
      Object.assign(store.weather, { isAway: false, delay: 0, failures: { status: 500, count: 0 } });
      expect((await fetch(before.small)).status, `after ${name}`).to.equal(200);
      const { body } = await anonymous.at(server).get(`/watch/watchlist/${id}/`);
      expect(body.poster, `after ${name}`).to.deep.equal(before);
    }
  });

  it('are listed beyond a page of a thousand, and removed', async () => {
    const bucket = direct();
    const names = Array.from(
      { length: 1_010 },
      (_, index) => `${String(index).padStart(40, '0')}-small.webp`,
    );
    const [name] = names as [string];
    await bucket.put(name, Buffer.from('x'));
    store.copy(name, names.slice(1));
    expect((await namesInBucket()).toSorted()).to.deep.equal(names);
    expect(await bucket.has(name)).to.equal(true);
    await bucket.remove(name);
    await bucket.remove(name);
    expect(await bucket.has(name)).to.equal(false);
    expect(await bucket.read(name)).to.equal(null);
  });

  it('need the right secret', async () => {
    const wrong = new S3Store(parseMediaUrl(store.url.replace(':S3RVER@', ':wrong@')) as BucketAddress);
    const error = await wrong.put('x', Buffer.from('x')).then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error).to.be.instanceOf(Error).with.property('name', 'StoreError');
    expect((error as Error).message)
      .to.include('403')
      .and.not.include('wrong');
  });

  it('are not looked for without limit where the store lacks them', async () => {
    const { poster } = (await putPoster(admin.at(server), id, await anotherJpeg())).body;
    const another = (await putPoster(admin.at(server), id, await anotherJpeg())).body.poster;
    await bytesAt(poster.small);
    const ask = (index: number) =>
      fetch(poster.small.replace(/[0-9a-f]{40}/, index.toString(16).padStart(40, '0')));
    const statuses: number[] = [];
    for (let index = 0; index < 310; index += 10) {
      const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => ask(index + at)));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 404).length).to.be.within(290, 300);
    const refused = await ask(1_000);
    expect(refused.status).to.equal(429);
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    expect(refused.headers.get('cache-control')).to.equal(null);
    store.requests.length = 0;
    expect((await fetch(poster.small)).status, 'what is in memory').to.equal(200);
    expect((await fetch(another.small)).status).to.equal(429);
    expect(store.requests).to.have.length(0);
  });
});
