import { expect } from 'chai';
import sharp from 'sharp';
import { anonymous, asAdmin, type UserClient } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { bytesAt, jpeg, plain, posterOf, putPoster, readStored, namesOf } from '../support/pictures.js';

const SIZE = { width: 800, height: 1_200 };

describe('a poster', () => {
  let admin: UserClient;
  let id: number;

  beforeEach(async () => {
    admin = await asAdmin();
    ({ id } = await makeMovie());
  });

  it('is null at first, then two WebP sizes with the main colour, and null again', async () => {
    expect(await posterOf(id)).to.equal(null);
    const put = await putPoster(admin, id, await jpeg('#204080', SIZE));
    expect(put.status).to.equal(200);
    expect(put.body).to.include({ id, number_rating: 0 });
    expect(put.body).to.have.property('rating_distribution');
    const { small, large, width, height, color } = put.body.poster;
    expect({ width, height }).to.deep.equal({ width: 500, height: 750 });
    // The histogram behind it has steps of 16.
    expect(color).to.match(/^#[12].[345].[78].$/);
    for (const [address, pixels] of [
      [small, 185],
      [large, 500],
    ] as const) {
      expect(address).to.match(
        /^http:\/\/127\.0\.0\.1:\d+\/media\/posters\/[0-9a-f]{40}-(small|large)\.webp$/,
      );
      const metadata = await sharp(await bytesAt(address)).metadata();
      expect(metadata).to.include({ format: 'webp', width: pixels });
      expect(metadata.height).to.be.closeTo(pixels * 1.5, 1);
    }
    expect((await admin.delete(`/watch/watchlist/${id}/poster/`)).status).to.equal(204);
    expect(await posterOf(id)).to.equal(null);
    expect((await admin.delete(`/watch/watchlist/${id}/poster/`)).status, 'twice').to.equal(204);
  });

  it('is taken as JPEG, PNG, WebP and AVIF, whatever it is called, and from a form', async () => {
    const formats = {
      'image/jpeg': plain(SIZE).jpeg({ progressive: true }),
      'image/png': plain(SIZE).ensureAlpha(0.5).png(),
      'image/webp': plain(SIZE).webp({ lossless: true }),
      'image/avif': plain(SIZE).avif({ effort: 0 }),
    };
    for (const [type, picture] of Object.entries(formats)) {
      const bytes = await picture.toBuffer();
      for (const label of [type, 'application/octet-stream', 'text/html']) {
        const { status, body } = await putPoster(admin, id, bytes, { 'Content-Type': label });
        expect(status, `${type} as ${label}`).to.equal(200);
        expect(body.poster).to.include({ width: 500, height: 750 });
      }
      const form = new FormData();
      form.set('caption', 'passed over');
      form.set('other', new Blob(['passed over']), 'other.txt');
      form.set('poster', new Blob([new Uint8Array(bytes)], { type }), 'poster');
      const sent = await admin.send('PUT', `/watch/watchlist/${id}/poster/`, { body: form });
      expect(sent.status, `${type} in a form`).to.equal(200);
    }
  });

  it('is as wide however small the picture is', async () => {
    const { body } = await putPoster(admin, id, await plain({ width: 1, height: 1 }).png().toBuffer());
    expect(body.poster).to.include({ width: 500, height: 500 });
  });

  it('stands upright and keeps no metadata', async () => {
    const exif = { IFD0: { Copyright: 'Somebody' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } };
    const sideways = await plain({ width: 900, height: 600 })
      .withExif(exif)
      .withMetadata({ orientation: 6 })
      .withExifMerge(exif)
      .jpeg()
      .toBuffer();
    expect((await sharp(sideways).metadata()).exif, 'the test sends some').to.be.instanceOf(Buffer);
    const { body } = await putPoster(admin, id, sideways);
    expect(body.poster).to.include({ width: 500, height: 750 });
    for (const name of namesOf(body.poster)) {
      const { exif: left, icc, xmp, iptc, orientation } = await sharp(await readStored(name)).metadata();
      expect({ left, icc, xmp, iptc, orientation }).to.deep.equal({
        left: undefined,
        icc: undefined,
        xmp: undefined,
        iptc: undefined,
        orientation: undefined,
      });
    }
  });

  it('shows in lists and on the platform, at once and with new entity tags', async () => {
    const movie = (await anonymous.get(`/watch/watchlist/${id}/`)).body;
    const paths = [
      `/watch/watchlist/${id}/`,
      '/watch/watchlist/',
      '/watch/watchlist/?fields=id,poster',
      '/watch/watchlist/?ordering=-weighted_rating',
      `/watch/platformlist/${movie.platform_id}/`,
    ];
    const before = await Promise.all(paths.map((path) => anonymous.get(path)));
    const { poster } = (await putPoster(admin, id, await jpeg())).body;
    for (const [index, path] of paths.entries()) {
      const after = await anonymous.get(path);
      expect(after.headers.get('etag'), path).not.to.equal(before[index]?.headers.get('etag'));
      expect(after.text, path).to.include(JSON.stringify(poster));
    }
    await admin.delete(`/watch/watchlist/${id}/poster/`);
    for (const [index, path] of paths.entries()) {
      expect((await anonymous.get(path)).text, path).to.equal(before[index]?.text);
    }
  });

  it('is guarded by If-Match, and left alone by the other writes', async () => {
    const path = `/watch/watchlist/${id}/`;
    const stale = (await anonymous.get(path)).headers.get('etag') as string;
    const put = await putPoster(admin, id, await jpeg(), { 'If-Match': stale });
    expect(put.status).to.equal(200);
    expect((await putPoster(admin, id, await jpeg('#804020'), { 'If-Match': stale })).status).to.equal(412);
    const deleted = await admin.send('DELETE', `${path}poster/`, { headers: { 'If-Match': stale } });
    expect(deleted.status).to.equal(412);
    const { body } = await admin.patch(path, { title: 'Renamed', poster: 'x', poster_color: '#000000' });
    expect(body.poster).to.deep.equal(put.body.poster);
  });

  it('of two movies with one picture has one address', async () => {
    const other = await makeMovie();
    const picture = await jpeg('#123456');
    const [first, second] = await Promise.all([
      putPoster(admin, id, picture),
      putPoster(admin, other.id, picture),
    ]);
    expect(first.body.poster).to.deep.equal(second.body.poster);
    await admin.delete(`/watch/watchlist/${other.id}/`);
    expect(await bytesAt(first.body.poster.small)).not.to.have.length(0);
  });
});
