import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { setInterval } from 'node:timers';
import sharp from 'sharp';
import { asAdmin, type UserClient } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { jpeg, plain, posterOf, putPoster, storedNames } from '../support/pictures.js';

/** The most that a bomb may take. */
const LONGEST_MS = 1_000;
const MOST_BYTES = 200e6;

/** The memory of this process in bytes, as the system sees it. */
async function memory(): Promise<number> {
  const [, pages] = (await readFile('/proc/self/statm', 'utf8')).split(' ');
  return Number(pages) * 4_096;
}

/** A PNG that claims another size. */
function withSize(png: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(png);
  copy.writeUInt32BE(width, 16);
  copy.writeUInt32BE(height, 20);
  return copy;
}

const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.8));

function corrupt(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xa5, Math.floor(copy.length / 2), Math.floor(copy.length / 2) + 40);
  return copy;
}

describe('a picture that is none', () => {
  let admin: UserClient;
  let id: number;

  before(async () => {
    // Loads the decoder, so that its memory is not counted.
    await sharp(await jpeg()).toBuffer();
  });

  beforeEach(async () => {
    admin = await asAdmin();
    ({ id } = await makeMovie());
  });

  it('is a 415, whatever it is called', async () => {
    const gif = await plain({ width: 20, height: 20 }).gif().toBuffer();
    const tiff = await plain({ width: 20, height: 20 }).tiff().toBuffer();
    const others = {
      svg: '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>',
      pdf: '%PDF-1.7\n1 0 obj\n<< >>\nendobj\n',
      html: '<!doctype html><img src=x onerror=alert(1)>',
      json: '{"poster": null}',
      text: 'abc',
      exe: 'MZ\x90\0',
      heic: '\0\0\0\x18ftypheic\0\0\0\0heicmif1',
    };
    const files = Object.entries(others).map(([name, text]) => [name, Buffer.from(text)] as const);
    for (const [name, bytes] of [...files, ['gif', gif], ['tiff', tiff]] as [string, Buffer][]) {
      for (const type of ['image/jpeg', 'image/png', `image/${name}`]) {
        const { status, body } = await putPoster(admin, id, bytes, { 'Content-Type': type });
        expect(status, `${name} as ${type}`).to.equal(415);
        expect(body).to.deep.equal({ detail: 'A poster is a JPEG, PNG, WebP or AVIF picture.' });
      }
    }
    expect(await posterOf(id)).to.equal(null);
  });

  it('is a 400 where it is missing, empty or another field of a form', async () => {
    const none = { poster: ['No file was submitted.'] };
    const missing = await admin.send('PUT', `/watch/watchlist/${id}/poster/`);
    expect(missing.status).to.equal(400);
    expect(missing.body).to.deep.equal(none);
    const form = new FormData();
    form.set('picture', new Blob([new Uint8Array(await jpeg())]), 'poster.jpg');
    form.set('poster', 'text');
    const other = await admin.send('PUT', `/watch/watchlist/${id}/poster/`, { body: form });
    expect([other.status, other.body]).to.deep.equal([400, none]);
    for (const body of ['--x\r\nbroken', '']) {
      const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
      const broken = await admin.send('PUT', `/watch/watchlist/${id}/poster/`, { body, headers });
      expect(broken.status, body).to.equal(400);
    }
  });

  it('is a 413 beyond 10 MB, in every form', async () => {
    const large = Buffer.concat([await jpeg(), Buffer.alloc(10 * 2 ** 20)]);
    expect((await putPoster(admin, id, large)).status).to.equal(413);
    const form = new FormData();
    form.set('poster', new Blob([new Uint8Array(large)]), 'poster.jpg');
    expect((await admin.send('PUT', `/watch/watchlist/${id}/poster/`, { body: form })).status).to.equal(413);
    const chunks = (async function* () {
      for (let at = 0; at < large.length; at += 2 ** 20) yield large.subarray(at, at + 2 ** 20);
    })();
    const url = new URL(`/watch/watchlist/${id}/poster/`, (await import('../support/server.js')).sharedUrl());
    const init = {
      method: 'PUT',
      body: chunks,
      duplex: 'half',
      headers: { Authorization: `Token ${admin.key}` },
    };
    expect((await fetch(url, init as unknown as RequestInit)).status, 'of unknown length').to.equal(413);
  });

  it('is refused after the path, the caller and the movie', async () => {
    expect((await putPoster(admin, 999_999, Buffer.from('abc'))).status).to.equal(404);
    expect((await admin.get(`/watch/watchlist/${id}/poster/`)).status).to.equal(405);
  });

  it('is a 400 within a second and 200 MB if it is a bomb', async function bombs() {
    this.timeout(60_000);
    const png = await plain({ width: 40, height: 40 }).png().toBuffer();
    const wide = { width: 6_000, height: 6_000 };
    const [flat, interlaced, progressive, webp, avif] = await Promise.all([
      plain(wide).png({ compressionLevel: 9 }).toBuffer(),
      plain(wide).ensureAlpha().toColourspace('rgb16').png({ progressive: true }).toBuffer(),
      plain(wide).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
      plain(wide).webp({ lossless: true, effort: 0 }).toBuffer(),
      plain({ width: 4_000, height: 4_000 }).avif({ effort: 0 }).toBuffer(),
    ]);
    const frames = await sharp(
      await Promise.all(
        ['#ff0000', '#00ff00', '#0000ff'].map((colour) =>
          plain({ width: 50, height: 50 }, colour).png().toBuffer(),
        ),
      ),
      { join: { animated: true } },
    )
      .webp()
      .toBuffer();
    const small = await plain({ width: 64, height: 64 }).jpeg({ progressive: true }).toBuffer();
    const scanAt = small.lastIndexOf(Buffer.from('ffda', 'hex'));
    const scans = Buffer.concat([
      small.subarray(0, scanAt),
      ...Array.from({ length: 2_000 }, () => small.subarray(scanAt, -2)),
      small.subarray(-2),
    ]);
    const bombsByName: Record<string, Buffer> = {
      'more than 50 megapixels': await plain({ width: 10_000, height: 5_001 }).png().toBuffer(),
      'a header of 4 gigapixels': withSize(png, 65_000, 65_000),
      'a header of the largest size': withSize(png, 2 ** 31 - 1, 2 ** 31 - 1),
      'no pixels': withSize(png, 0, 10),
      'a strip': await plain({ width: 1, height: 20_000 }).png().toBuffer(),
      'a flat PNG, cut': cut(flat),
      'a flat PNG, corrupt': corrupt(flat),
      'an interlaced PNG of 16 bits': interlaced,
      'a progressive JPEG of full colours': progressive,
      'a progressive JPEG, cut': cut(small),
      'a JPEG of 2,000 scans': scans,
      'a JPEG without an end': (await jpeg()).subarray(0, -2),
      'a JPEG of a header': (await jpeg()).subarray(0, 100),
      'a WebP, cut': cut(webp),
      'an AVIF of 16 megapixels': avif,
      'an AVIF, cut': cut(avif),
      'an animated WebP': frames,
      'a PNG signature': png.subarray(0, 8),
      'a RIFF signature': Buffer.from('RIFF\xff\xff\xff\x7fWEBPVP8 ', 'latin1'),
      'an AVIF signature': Buffer.from('\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf', 'latin1'),
    };
    const stored = (await storedNames()).length;
    for (const [name, bytes] of Object.entries(bombsByName)) {
      const before = await memory();
      let peak = before;
      const watch = setInterval(() => void memory().then((now) => (peak = Math.max(peak, now))), 2);
      const start = performance.now();
      const { status, body } = await putPoster(admin, id, bytes);
      const took = performance.now() - start;
      clearInterval(watch);
      expect(status, name).to.equal(400);
      expect(body.poster, name).to.have.length(1);
      expect(took, `the time of ${name}`).to.be.below(LONGEST_MS);
      expect(peak - before, `the memory of ${name}`).to.be.below(MOST_BYTES);
    }
    expect(await posterOf(id)).to.equal(null);
    expect(await storedNames()).to.have.length(stored);
  });
});
