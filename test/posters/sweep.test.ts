import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { sequelize } from '../../src/database/database.js';
import { mediaStore } from '../../src/media/store.js';
import { givePoster, storePoster } from '../../src/media/posters.js';
import { sweepPosters, sweepWhenDue } from '../../src/media/sweep.js';
import { asAdmin, type UserClient } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { age, anotherJpeg, mediaFolder, namesOf, putPoster, storedNames } from '../support/pictures.js';

const HOUR_MS = 3_600_000;

/** Stores a picture two days ago that no movie has, and returns the name of a file. */
async function lost(): Promise<string> {
  const { hash } = await storePoster(await anotherJpeg());
  await age([`${hash}-small.webp`, `${hash}-large.webp`]);
  return `${hash}-small.webp`;
}

describe('the sweep of posters', () => {
  let admin: UserClient;

  beforeEach(async () => {
    admin = await asAdmin();
  });

  /** A movie with a poster. */
  async function posted(): Promise<{ id: number; platform: number; names: string[] }> {
    const movie = await makeMovie();
    const { body } = await putPoster(admin, movie.id, await anotherJpeg());
    return { id: movie.id, platform: movie.platform_id, names: namesOf(body.poster) };
  }

  it('removes what no movie has any more, however it lost it, and keeps the rest', async () => {
    const kept = await posted();
    const replaced = await posted();
    const removed = await posted();
    const ofMovie = await posted();
    const ofPlatform = await posted();
    const { body } = await putPoster(admin, replaced.id, await anotherJpeg());
    await admin.delete(`/watch/watchlist/${removed.id}/poster/`);
    await admin.delete(`/watch/watchlist/${ofMovie.id}/`);
    await admin.delete(`/watch/platformlist/${ofPlatform.platform}/`);
    const lost = [replaced, removed, ofMovie, ofPlatform].flatMap(({ names }) => names);
    await age([...kept.names, ...lost]);
    await sweepPosters();
    const left = await storedNames();
    expect(left).to.include.members([...kept.names, ...namesOf(body.poster)]);
    for (const name of lost) expect(left).not.to.include(name);
    expect(await sweepPosters(), 'nothing is left to remove').to.equal(0);
  });

  it('keeps files of the last day, which an upload or import may be about to give to a movie', async () => {
    const { hash } = await storePoster(await anotherJpeg());
    const names = [`${hash}-small.webp`, `${hash}-large.webp`];
    await sweepPosters();
    await sweepPosters(Date.now() + 23 * HOUR_MS);
    expect(await storedNames()).to.include.members(names);
    await sweepPosters(Date.now() + 25 * HOUR_MS);
    expect(await storedNames()).not.to.include.members(names);
  });

  it('counts a file as new when the same picture comes again', async () => {
    const picture = await anotherJpeg();
    const { hash } = await storePoster(picture);
    const names = [`${hash}-small.webp`, `${hash}-large.webp`];
    await age(names);
    await storePoster(picture);
    await sweepPosters();
    expect(await storedNames()).to.include.members(names);
  });

  it('keeps a poster that a movie gets during the sweep, in whatever order', async () => {
    const store = mediaStore as NonNullable<typeof mediaStore>;
    const remove = store.remove.bind(store);
    for (const order of ['before the removal', 'after the removal'] as const) {
      const movie = await makeMovie();
      const picture = await anotherJpeg();
      const poster = await storePoster(picture);
      const names = [`${poster.hash}-small.webp`, `${poster.hash}-large.webp`];
      await age(names);
      let given = false;
      // The sweep has looked at the movies, and is about to remove the first file.
      store.remove = async (name) => {
        const give = async () => {
          if (given || !names.includes(name)) return;
          given = true;
          await givePoster(movie, poster);
        };
        if (order === 'before the removal') await give();
        await remove(name);
        if (order === 'after the removal') await give();
      };
      try {
        await sweepPosters();
      } finally {
        store.remove = remove;
      }
      expect(given, order).to.equal(true);
      expect(await storedNames(), order).to.include.members(names);
      await movie.destroy();
    }
  });

  it('removes what interrupted writes have left, and touches nothing else in the folder', async () => {
    const { names } = await posted();
    const folder = join(mediaFolder(), (names[0] as string).slice(0, 2));
    await mkdir(join(mediaFolder(), 'mine'), { recursive: true });
    for (const file of [join(folder, '.draft-1'), join(mediaFolder(), 'mine', 'notes.txt')]) {
      await writeFile(file, 'abc');
    }
    await sweepPosters(Date.now() + 48 * HOUR_MS);
    const left = await storedNames();
    expect(left).to.include.members([...names, 'notes.txt']);
    expect(left).not.to.include('.draft-1');
  });

  it('is done once a day, by one of the processes', async () => {
    await sequelize.query("DELETE FROM settings WHERE name = 'posters_swept'");
    const first = await lost();
    await Promise.all([sweepWhenDue(), sweepWhenDue(), sweepWhenDue()]);
    expect(await storedNames()).not.to.include(first);
    const second = await lost();
    await sweepWhenDue();
    expect(await storedNames(), 'not due').to.include(second);
    await sequelize.query("UPDATE settings SET value = '1' WHERE name = 'posters_swept'");
    await sweepWhenDue();
    expect(await storedNames()).not.to.include(second);
  });

  it('has files that their owner alone can read', async () => {
    const { names } = await posted();
    const [name] = names as [string];
    const modes = [join(name.slice(0, 2), name), name.slice(0, 2), ''].map(
      async (path) => (await stat(join(mediaFolder(), path))).mode & 0o777,
    );
    expect(await Promise.all(modes)).to.deep.equal([0o600, 0o700, 0o700]);
  });
});
