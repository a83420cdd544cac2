import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { WatchList } from '../../src/models/watch-list.js';
import { anonymous, asAdmin, type UserClient } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { anotherJpeg, bytesAt, mediaFolder, namesOf, putPoster, storedNames } from '../support/pictures.js';
import { withProcess } from '../support/processes.js';
import { skip } from '../support/skip.js';

describe('a poster whose store fails', function failures() {
  this.timeout(60_000);
  let admin: UserClient;
  let id: number;

  beforeEach(async () => {
    admin = await asAdmin();
    ({ id } = await makeMovie());
  });

  it('is refused on a full disk, leaves nothing behind, and is taken once there is room', async function full() {
    const disk = mkdtempSync(join(tmpdir(), 'marquee-media-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      rmSync(disk, { recursive: true });
      skip(this, 'a small disk cannot be mounted here');
    }
    try {
      await withProcess({ MEDIA_URL: `file:${join(disk, 'media')}` }, async (server) => {
        const first = (await putPoster(admin.at(server), id, await anotherJpeg())).body.poster;
        let room = 2 ** 20;
        // Fills the disk to the last page.
        for (let file = 0; room >= 1; file += 1) {
          try {
            writeFileSync(join(disk, `full-${file}`), Buffer.alloc(room));
          } catch {
            room /= 2;
          }
        }
        const refused = await putPoster(admin.at(server), id, await anotherJpeg());
        expect(refused.status).to.equal(503);
        expect(refused.body).to.deep.equal({ detail: 'There is no room left to store this.' });
        expect((await anonymous.at(server).get(`/watch/watchlist/${id}/`)).body.poster).to.deep.equal(first);
        expect(await bytesAt(first.small)).not.to.have.length(0);
        const names = await storedNames(join(disk, 'media'));
        expect(
          names.filter((name) => name.startsWith('.draft')),
          'no drafts',
        ).to.deep.equal([]);
        for (const name of await storedNames(disk)) if (name.startsWith('full-')) rmSync(join(disk, name));
        const taken = await putPoster(admin.at(server), id, await anotherJpeg());
        expect(taken.status).to.equal(200);
        expect(await bytesAt(taken.body.poster.large)).not.to.have.length(0);
      });
    } finally {
      execFileSync('umount', [disk]);
      rmSync(disk, { recursive: true });
    }
  });

  it('is refused where the folder cannot be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'marquee-media-')), 'file');
    writeFileSync(file, '');
    await withProcess({ MEDIA_URL: `file:${file}` }, async (server) => {
      const { status, body } = await putPoster(admin.at(server), id, await anotherJpeg());
      expect(status).to.equal(503);
      expect(JSON.stringify(body)).not.to.include(file);
    });
  });

  it('is refused with MySQL in production without MEDIA_URL; all else works', async function unset() {
    if (dialect === 'sqlite') skip(this, 'is about MySQL');
    const secret = 'a secret of enough characters';
    const env = {
      MEDIA_URL: '',
      NODE_ENV: 'production',
      SITE: 'off',
      SESSION_SECRET: secret,
      JWT_SECRET: secret,
    };
    const { poster } = (await putPoster(admin, id, await anotherJpeg())).body;
    await withProcess(env, async (server) => {
      const { status } = await putPoster(admin.at(server), id, await anotherJpeg());
      expect(status).to.equal(503);
      const movie = await anonymous.at(server).get(`/watch/watchlist/${id}/`);
      expect(namesOf(movie.body.poster)).to.deep.equal(namesOf(poster));
      expect((await fetch(movie.body.poster.small)).status).to.equal(404);
      expect((await admin.at(server).delete(`/watch/watchlist/${id}/poster/`)).status).to.equal(204);
    });
  });

  it('whose upload is cut off leaves the movie as it was', async () => {
    const { poster } = (await putPoster(admin, id, await anotherJpeg())).body;
    const stored = await storedNames();
    const picture = await anotherJpeg();
    const controller = new AbortController();
    const half = (async function* () {
      yield picture.subarray(0, picture.length / 2);
      controller.abort();
      await new Promise(() => undefined);
    })();
    const sent = fetch(new URL(`/watch/watchlist/${id}/poster/`, poster.small), {
      method: 'PUT',
      body: half,
      duplex: 'half',
      signal: controller.signal,
      headers: { Authorization: `Token ${admin.key}` },
    } as unknown as RequestInit);
    expect(
      await sent.then(
        () => 'answered',
        () => 'cut off',
      ),
    ).to.equal('cut off');
    expect((await anonymous.get(`/watch/watchlist/${id}/`)).body.poster).to.deep.equal(poster);
    expect(await storedNames()).to.have.members(stored);
  });

  it('killed at any moment leaves a movie with a whole poster, or the one before', async () => {
    const { poster } = (await putPoster(admin, id, await anotherJpeg())).body;
    let current = namesOf(poster);
    for (let round = 0; round < 4; round += 1) {
      const picture = await anotherJpeg();
      await withProcess({ MEDIA_URL: `file:${mediaFolder()}` }, async (server) => {
        // Loads the decoder.
        await putPoster(admin.at(server), id, Buffer.from([0xff, 0xd8, 0xff]));
        const sent = putPoster(admin.at(server), id, picture).catch(() => null);
        await new Promise((resolve) => {
          setTimeout(resolve, 10 + 40 * round);
        });
        await server.kill();
        await sent;
      });
      const movie = (await WatchList.findByPk(id)) as WatchList;
      const names = [`${movie.poster}-small.webp`, `${movie.poster}-large.webp`];
      expect(await storedNames()).to.include.members([...names, ...current]);
      current = names;
    }
  });
});
