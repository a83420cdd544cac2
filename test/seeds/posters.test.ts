import { expect } from 'chai';
import sharp from 'sharp';
import { sequelize } from '../../src/database/database.js';
import { transaction } from '../../src/database/transactions.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { WatchList } from '../../src/models/watch-list.js';
import { demoPlatforms } from '../../src/seeds/demo/platforms.js';
import { designs } from '../../src/seeds/demo/posters/designs.js';
import { drawPoster } from '../../src/seeds/demo/posters/draw.js';
import { HEIGHT, WIDTH } from '../../src/seeds/demo/posters/pen.js';
import { askForPosters, drawWhenDue, forgetPosters } from '../../src/seeds/demo/posters-due.js';
import { removeDemo } from '../../src/seeds/demo/remove-demo.js';
import { seedDemo } from '../../src/seeds/demo/seed-demo.js';
import { makeMovie } from '../support/factories.js';
import { bytesAt, posterOf } from '../support/pictures.js';
import { type Outcome, runNode } from '../support/processes.js';

const films = demoPlatforms.flatMap((platform) => platform.films);

/** Makes the films of the first demo platform with these titles. */
async function addFilms(titles: readonly string[]): Promise<WatchList[]> {
  const [{ name, about, website, films: onIt }] = demoPlatforms as [(typeof demoPlatforms)[number]];
  const { id } = await StreamPlatform.create({ name, about, website });
  const chosen = titles.map((wanted) => onIt.find(({ title }) => title === wanted));
  return WatchList.bulkCreate(
    chosen.map((film) => ({
      title: film?.title as string,
      storyline: film?.storyline as string,
      platform_id: id,
    })),
  );
}

const dueCount = async () => {
  const [[row]] = await sequelize.query("SELECT COUNT(*) AS n FROM settings WHERE name = 'demo_posters'");
  return Number((row as { n: number }).n);
};

/** Draws what is due in a process with this configuration. */
const drawIn = (env: Record<string, string>): Promise<Outcome> => {
  const module = JSON.stringify(new URL('../../src/seeds/demo/posters-due.js', import.meta.url).href);
  const script = `const { drawWhenDue } = await import(${module}); await drawWhenDue(); await drawWhenDue(); process.exit(0);`;
  return runNode(['--input-type=module', '--eval', script], { env: { LOG_LEVEL: 'info', ...env } });
};

describe('the posters of the demo catalogue', function posters() {
  this.timeout(30_000);

  beforeEach(() => forgetPosters());
  after(() => forgetPosters());

  it('are drawn for three quarters of the films, each unlike the others, and without text', async () => {
    const titles = Object.keys(designs);
    expect(titles.filter((title) => !films.some((film) => film.title === title))).to.deep.equal([]);
    expect(titles.length / films.length).to.be.within(0.65, 0.8);
    const seen = new Set<string>();
    for (const title of titles) {
      const drawing = drawPoster({ title }) as string;
      expect(drawing, title).not.to.match(/<text|NaN|undefined|href/);
      const { data, info } = await sharp(Buffer.from(drawing))
        .resize(50)
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(info, title).to.include({ width: 50, height: (50 * HEIGHT) / WIDTH });
      seen.add(data.toString('base64'));
    }
    expect(seen.size).to.equal(titles.length);
  });

  it('are given once, to films of the catalogue that are as they were and have none', async () => {
    const [plain, changed, own, bare] = (await addFilms(['Fargo', 'Moonlight', 'Pulp Fiction', 'The Room'])) as [
      WatchList, WatchList, WatchList, WatchList,
    ]; // prettier-ignore
    await changed.update({ storyline: 'Mine.' });
    const poster = { poster: 'f'.repeat(40), poster_width: 1, poster_height: 1, poster_color: '#000000' };
    await own.update(poster);
    const other = await makeMovie({ title: 'Fargo' });
    await transaction(askForPosters);
    expect(await drawWhenDue()).to.equal(1);

    const { large, small, width, height } = (await posterOf(plain.id)) as {
      large: string;
      small: string;
      width: number;
      height: number;
    };
    expect({ width, height }).to.deep.equal({ width: WIDTH, height: HEIGHT });
    expect((await sharp(await bytesAt(large)).metadata()).format).to.equal('webp');
    expect(await bytesAt(small)).not.to.have.length(0);
    for (const { id } of [changed, bare, other]) expect(await posterOf(id)).to.equal(null);
    expect((await own.reload()).poster).to.equal(poster.poster);

    expect(await dueCount()).to.equal(0);
    await plain.update({ poster: null, poster_width: null, poster_height: null, poster_color: null });
    expect(await drawWhenDue(), 'one that staff took off stays off').to.equal(0);
  });

  it('are due after a seeding that adds films, and no more after its undoing', async () => {
    expect((await seedDemo()).films).to.equal(films.length);
    expect(await dueCount()).to.equal(1);
    await forgetPosters();
    expect((await seedDemo()).films).to.equal(0);
    expect(await dueCount()).to.equal(0);
    await transaction(askForPosters);
    await removeDemo();
    expect(await dueCount()).to.equal(0);
    expect(await drawWhenDue()).to.equal(0);
  });

  it('are drawn by one process of those that start at once', async () => {
    await addFilms(['Fargo', 'Moonlight']);
    await transaction(askForPosters);
    const drawn = await Promise.all([drawWhenDue(), drawWhenDue(), drawWhenDue()]);
    expect(drawn.toSorted()).to.deep.equal([0, 0, 2]);
  });

  it('stay due where the store fails or there is none, and are drawn once there is one', async () => {
    const [film] = await addFilms(['Fargo']);
    await transaction(askForPosters);
    const broken = await drawIn({ MEDIA_URL: 'file:/dev/null/media' });
    expect(broken.status).to.equal(1);
    expect(broken.error).to.contain('StoreError');
    if (process.env.DATABASE_URL?.startsWith('mysql:')) {
      const without = await drawIn({
        MEDIA_URL: '',
        NODE_ENV: 'production',
        SITE: 'off',
        SESSION_SECRET: 's'.repeat(40),
        JWT_SECRET: 'j'.repeat(40),
      });
      expect(without.out.match(/MEDIA_URL is not set/g), without.out + without.error).to.have.length(1);
    }
    expect(await dueCount()).to.equal(1);
    expect(await drawWhenDue()).to.equal(1);
    expect(await posterOf(film?.id as number)).not.to.equal(null);
  });
});
