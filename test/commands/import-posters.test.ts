import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { WatchList } from '../../src/models/watch-list.js';
import { makeMovie } from '../support/factories.js';
import { anotherJpeg, bytesAt, plain, posterOf, storedNames } from '../support/pictures.js';
import { runInProcess } from './commands.js';

describe('npm run import -- --format posters', function importPosters() {
  this.timeout(60_000);
  let folder: string;
  let ids: number[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'marquee-posters-'));
    ids = [];
    for (let count = 0; count < 4; count += 1) ids.push((await makeMovie()).id);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: Buffer | string) => writeFileSync(join(folder, name), content);
  const run = () => runInProcess('import', ['--format', 'posters', folder]);

  it('gives movies the pictures that are named by them, once, and shows its progress', async () => {
    write(`${ids[0]}.jpg`, await anotherJpeg());
    write(`${ids[1]}.PNG`, await plain({ width: 60, height: 90 }).png().toBuffer());
    write(`${ids[2]}.webp`, await plain({ width: 60, height: 90 }).webp().toBuffer());
    write('999999.jpg', await anotherJpeg());
    write('.DS_Store', 'x');
    write('notes.txt', 'x');
    // Beyond the ids of the movies.
    mkdirSync(join(folder, '999998.jpg'));
    const first = await run();
    expect(first.error).to.include('pictures: 100%');
    expect(first.status, first.error).to.equal(0);
    expect(first.out).to.include('3 added, 0 already there').and.include('3 passed over');
    expect(first.out).to.include('999999.jpg: no movie has this id');
    const posters = await Promise.all(ids.map(posterOf));
    expect(posters.map(Boolean)).to.deep.equal([true, true, true, false]);
    for (const poster of posters) {
      if (poster) expect(await bytesAt(poster.large)).not.to.have.length(0);
    }
    const names = await storedNames();
    write(`${ids[0]}.jpg`, await anotherJpeg());
    write(`${ids[3]}.avif`, await plain({ width: 60, height: 90 }, '#c01070').avif({ effort: 0 }).toBuffer());
    const second = await run();
    expect(second.out).to.include('1 added, 3 already there');
    expect(await posterOf(ids[0] as number), 'what is there stays').to.deep.equal(posters[0]);
    expect(await storedNames()).to.have.length(names.length + 2);
  });

  it('gives every movie of an IMDb id its picture', async () => {
    const twins = await Promise.all([1, 2].map(() => makeMovie({ imdb_id: 'tt0113277' })));
    write('TT0113277.jpg', await anotherJpeg());
    const { out, error } = await run();
    expect(out, error).to.include('2 added, 0 already there');
    const [one, other] = await Promise.all(twins.map(({ id }) => posterOf(id)));
    expect(one).to.deep.equal(other).and.not.equal(null);
    write(`${twins[0]?.id}.png`, await plain({ width: 60, height: 90 }).png().toBuffer());
    expect((await run()).status, 'two pictures of one movie').to.equal(1);
  });

  it('names every bad file, and then writes nothing', async () => {
    write(`${ids[0]}.jpg`, await anotherJpeg());
    write(`${ids[1]}.jpg`, '<svg/>');
    write(`${ids[2]}.png`, '');
    const cut = await plain({ width: 3_000, height: 3_000 }).png().toBuffer();
    write(`${ids[3]}.png`, cut.subarray(0, cut.length / 2));
    const { status, error } = await run();
    expect(status).to.equal(1);
    for (const name of [`${ids[1]}.jpg`, `${ids[2]}.png`, `${ids[3]}.png`]) expect(error).to.include(name);
    expect(error).not.to.include(`${ids[0]}.jpg`);
    expect(await WatchList.count({ where: { poster: null } })).to.equal(4);
  });

  it('refuses two pictures of one movie, and a folder that is none', async () => {
    write(`${ids[0]}.jpg`, await anotherJpeg());
    write(`${ids[0]}.png`, await plain({ width: 60, height: 90 }).png().toBuffer());
    const { status, error } = await run();
    expect(status).to.equal(1);
    expect(error).to.include(`${ids[0]}.png`).and.include(`${ids[0]}.jpg`);
    const missing = await runInProcess('import', ['--format', 'posters', join(folder, 'missing')]);
    expect([missing.status, missing.error]).to.deep.equal([
      1,
      `There is no folder ${join(folder, 'missing')}\n`,
    ]);
  });
});
