import { expect } from 'chai';
import sharp from 'sharp';
import { anonymous, asAdmin, type UserClient } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { anotherJpeg, bytesAt, mediaFolder, posterOf, putPoster } from '../support/pictures.js';
import { withProcess } from '../support/processes.js';

describe('many posters at once', function many() {
  this.timeout(120_000);
  let admin: UserClient;

  beforeEach(async () => {
    admin = await asAdmin();
  });

  it('of sixteen movies are stored in bounded memory, while other requests go on', async () => {
    const movies = await Promise.all(Array.from({ length: 16 }, () => makeMovie()));
    // Noise, which compresses to half a megabyte each.
    const size = { width: 600, height: 900, channels: 3 as const };
    const noise = await sharp({
      create: { ...size, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
    })
      .jpeg({ quality: 97 })
      .toBuffer();
    expect(noise.length).to.be.above(400_000);
    const before = process.memoryUsage().rss;
    let peak = before;
    let read = 0;
    const over = new AbortController();
    const others = (async () => {
      while (!over.signal.aborted) {
        expect((await anonymous.get('/watch/watchlist/?page_size=5')).status).to.equal(200);
        read += 1;
        peak = Math.max(peak, process.memoryUsage().rss);
      }
    })();
    const puts = await Promise.all(movies.map(({ id }) => putPoster(admin, id, noise)));
    over.abort();
    await others;
    const stored = puts.filter(({ status }) => status === 200);
    // A machine that is too slow for them says when to come again.
    for (const put of puts) if (put.status !== 200) expect(put.headers.get('retry-after')).to.equal('5');
    expect(stored).to.have.length.above(4);
    expect(new Set(stored.map(({ body }) => body.poster.large)).size).to.equal(1);
    // The clients' copies are in this process too.
    expect(peak - before).to.be.below(400e6);
    expect(read, 'reads while pictures were made').to.be.above(movies.length);
  });

  it('of one movie end as one of them, whole, from one process or two', async () => {
    const { id } = await makeMovie();
    await withProcess({ MEDIA_URL: `file:${mediaFolder()}` }, async (server) => {
      const pictures = await Promise.all(Array.from({ length: 12 }, anotherJpeg));
      const clients = [admin, admin.at(server)];
      const writes = pictures.flatMap((picture, index) => [
        putPoster(clients[index % 2] ?? admin, id, picture),
        ...(index % 4 === 0 ? [admin.delete(`/watch/watchlist/${id}/poster/`)] : []),
      ]);
      const answers = await Promise.all(writes);
      expect(
        answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 204),
      ).to.deep.equal([]);
      const last = await putPoster(admin, id, pictures[0] as Buffer);
      const poster = await posterOf(id);
      expect(poster).to.deep.equal(last.body.poster);
      for (const { body } of answers) {
        if (body?.poster) expect((await bytesAt(body.poster.large)).length).to.be.above(0);
      }
    });
  });
});
