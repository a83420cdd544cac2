import { expect } from 'chai';
import { random } from '../../../bench/scenarios.js';
import { WatchList } from '../../../src/models/watch-list.js';
import { Review } from '../../../src/models/review.js';
import { indexMovies } from '../../../src/search/indexing.js';
import { anonymous, asAdmin } from '../../support/clients.js';
import { makeMovie, makePlatform, makeReview, makeUsers } from '../../support/factories.js';
import { idsOf, walk } from '../../support/lists.js';

const LIST = '/watch/watchlist/';

const path = (search: string, more = '') => `${LIST}?search=${encodeURIComponent(search)}${more}`;

/** The titles that a search finds, in their order. */
async function titlesOf(search: string, more = ''): Promise<string[]> {
  const answer = await anonymous.get(path(search, more));
  expect(answer.status, answer.text).to.equal(200);
  return answer.body.results.map(({ title }: { title: string }) => title);
}

/** Makes movies with these titles and a storyline that has the words. */
async function makeTitles(titles: string[], storyline = 'Nothing.'): Promise<void> {
  const { id: platform_id } = await makePlatform();
  for (const title of titles) await makeMovie({ title, storyline, platform_id });
}

/** The relevance of a title of plain words, from its definition. */
function relevance(title: string, search: string): number {
  const [words, asked] = [title.split(' '), search.split(' ')];
  if (title === search) return 3;
  const begins = asked.every((word, index) =>
    index === asked.length - 1 ? words[index]?.startsWith(word) : words[index] === word,
  );
  if (begins) return 2;
  return asked.every((word) => words.some((written) => written.startsWith(word))) ? 1 : 0;
}

const WORDS = 'heat heath he dark darkness of'.split(' ');
const SEARCHES = ['heat', 'h', 'he', 'dark of', 'of', 'heat dark', 'of he heath', 'he he', 'darkness dark'];

/**
 * Expects every paging style and direction to give the order by relevance, of all movies and by one of the filters.
 * @param turn which of the filters
 */
async function checkOrder(search: string, size: number, turn: number): Promise<void> {
  const found = (await WatchList.findAll()).filter(({ title, storyline }) =>
    search
      .split(' ')
      .every((word) => `${title} ${storyline}`.split(' ').some((text) => text.startsWith(word))),
  );
  const best = found.toSorted(
    (a, b) =>
      relevance(b.title, search) - relevance(a.title, search) ||
      b.number_rating - a.number_rating ||
      a.id - b.id,
  );
  const expected = (where: (movie: WatchList) => boolean) => best.filter(where).map(({ id }) => id);
  const filters: [string, (movie: WatchList) => boolean][] = [
    ['&active=true', ({ active }) => active],
    ['&number_rating__gte=1', ({ number_rating }) => number_rating >= 1],
    [`&platform=${best[0]?.platform_id ?? 1}`, ({ platform_id }) => platform_id === best[0]?.platform_id],
  ];
  const one = filters[turn % filters.length] ?? filters[0];
  for (const [filter, where] of [['', () => true], one] as typeof filters) {
    for (const style of [`&page_size=${size}`, `&limit=${size}`, `&cursor=&page_size=${size}`]) {
      const ids = expected(where);
      const pages = await walk(path(search, `${filter}${style}`));
      expect(pages.flatMap(idsOf), `${search}${filter}${style}`).to.deep.equal(ids);
      if (!style.includes('cursor')) expect(pages[0]?.body.count).to.equal(ids.length);
      const turned = await walk(path(search, `${filter}${style}&ordering=relevance`));
      expect(turned.flatMap(idsOf), `${search}${filter}${style}, turned`).to.deep.equal(ids.toReversed());
    }
    const last = (await walk(path(search, `${filter}&cursor=&page_size=${size}`))).at(-1);
    const back = last?.body.previous ? await walk(last.body.previous, 'previous') : [];
    expect([...back.toReversed(), last].flatMap((page) => (page ? idsOf(page) : []))).to.deep.equal(
      expected(where),
    );
  }
}

describe('search by relevance', () => {
  it('puts the whole title first, then beginnings, then words in the title, then the rest', async () => {
    await makeTitles(['Story of Heat'], 'Of heat.');
    await makeTitles(['Cold'], 'Much heat.');
    await makeTitles(['The Heat', 'Heat Wave', 'Heather', 'Heat']);
    const order = ['Heat', 'Heat Wave', 'Heather', 'Story of Heat', 'The Heat', 'Cold'];
    expect(await titlesOf('heat')).to.deep.equal(order);
    await indexMovies();
    expect(await titlesOf('heat ')).to.deep.equal(order);
    expect(await titlesOf('heat', '&ordering=relevance')).to.deep.equal(order.toReversed());
    expect(await titlesOf('heat', '&ordering=-relevance')).to.deep.equal(order);
    expect(await titlesOf('heat', '&ordering=-relevance,title')).to.deep.equal(order);
  });

  const same: [search: string, titles: string[]][] = [
    ['AMELIE', ['Amélie', 'Amélie et moi', 'Je suis Amelie']],
    ['spider man', ['Spider-Man', 'Spider·Man: Home', 'Man of Spiders']],
    ['the thing', ['The Thing!', 'The Things', 'A thing of the past']],
    ['new york new', ['New York, New', 'New York, New York', 'The new New York']],
    ['m', ['M', 'Mank', 'Dr. M']],
    ['基', ['基', '基生', 'The 基']],
    ['x'.repeat(80), ['x'.repeat(80), `${'x'.repeat(80)}y`, `A ${'x'.repeat(80)}`]],
    ['the theory', ['The Theory', 'The Theory of All', 'Theory of the Sun']],
  ];
  for (const [search, titles] of same) {
    it(`compares words, case and accents aside: ${search.slice(0, 20)}`, async () => {
      await makeTitles(titles.toReversed());
      expect(await titlesOf(search)).to.deep.equal(titles);
      await indexMovies();
      expect(await titlesOf(`${search}.`)).to.deep.equal(titles);
    });
  }

  it('orders by the number of reviews within a relevance, at once', async () => {
    await makeTitles(['Dark One', 'Dark Two', 'Dark', 'Dark Three']);
    const three = await WatchList.findOne({ where: { title: 'Dark Three' } });
    await indexMovies();
    expect(await titlesOf('dark')).to.deep.equal(['Dark', 'Dark One', 'Dark Two', 'Dark Three']);
    await makeReview({ watchlist_id: three?.id });
    expect(await titlesOf('dark')).to.deep.equal(['Dark', 'Dark Three', 'Dark One', 'Dark Two']);
  });

  it('follows a title that changes, before and after it is indexed', async () => {
    await makeTitles(['Silver', 'Silver Line']);
    const [silver] = await WatchList.findAll({ order: ['id'] });
    await indexMovies();
    expect(await titlesOf('silver')).to.deep.equal(['Silver', 'Silver Line']);
    await (await asAdmin()).patch(`${LIST}${silver?.id}/`, { title: 'The Silver' });
    expect(await titlesOf('silver')).to.deep.equal(['Silver Line', 'The Silver']);
    await indexMovies();
    expect(await titlesOf('silver!')).to.deep.equal(['Silver Line', 'The Silver']);
    // The words stay, but in another order.
    await (await asAdmin()).patch(`${LIST}${silver?.id}/`, { title: 'Silver The' });
    expect(await titlesOf('silver')).to.deep.equal(['Silver The', 'Silver Line']);
    await indexMovies();
    expect(await titlesOf('silver the')).to.deep.equal(['Silver The']);
  });

  it('is the same on every page, with every filter, of few movies and of many', async () => {
    const next = random(11);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
    const text = () => Array.from({ length: 1 + Math.floor(next() * 3) }, () => pick(WORDS)).join(' ');
    const platforms = [await makePlatform(), await makePlatform()];
    const users = await makeUsers(3);
    const make = async (howMany: number) => {
      const movies = await WatchList.bulkCreate(
        Array.from({ length: howMany }, () => ({
          title: text(),
          storyline: text(),
          platform_id: pick(platforms).id,
          active: next() < 0.5,
        })),
      );
      const votes = movies.flatMap(({ id }, index) =>
        users.slice(0, index % 4).map((user) => ({ watchlist_id: id, user_id: user.id, rating: 3 })),
      );
      await Review.bulkCreate(votes);
    };
    await make(40);
    for (const [turn, search] of SEARCHES.entries()) await checkOrder(search, 7, turn);
    await indexMovies();
    await make(130);
    await WatchList.update({ title: 'heat' }, { where: { title: 'dark' } });
    await WatchList.destroy({ where: { title: 'he' } });
    for (const [turn, search] of SEARCHES.slice(0, 2).entries()) await checkOrder(search, 40, turn);
    await indexMovies();
    for (const [turn, search] of SEARCHES.entries()) await checkOrder(search, 40, turn + 1);
  }).timeout(120_000);

  it('decides between movies that other orders leave equal', async () => {
    await makeTitles(['The Fog', 'Fog', 'Fog of War']);
    await makeReview({ watchlist_id: (await WatchList.findOne({ where: { title: 'The Fog' } }))?.id });
    const order = ['The Fog', 'Fog', 'Fog of War'];
    expect(await titlesOf('fog', '&ordering=-number_rating,-relevance')).to.deep.equal(order);
    const pages = await walk(path('fog', '&ordering=-number_rating,-relevance&cursor=&page_size=1'));
    expect(
      pages.flatMap(({ body }) => body.results.map(({ title }: { title: string }) => title)),
    ).to.deep.equal(order);
  });

  it('needs a search, and says so', async () => {
    await makeMovie();
    for (const query of [
      'ordering=relevance',
      'ordering=-relevance&search=',
      'ordering=title,-relevance&search=%20',
    ]) {
      const { status, body } = await anonymous.get(`${LIST}?${query}`);
      expect(status, query).to.equal(400);
      expect(body).to.deep.equal({ ordering: ['"relevance" needs a `search`.'] });
    }
    expect((await anonymous.get(`${LIST}?search=%24&ordering=relevance`)).body.count).to.equal(0);
    expect((await anonymous.get('/watch/platformlist/?search=a&ordering=relevance')).status).to.equal(400);
    const { body } = await anonymous.get(`${LIST}?search=film&fields=id`);
    expect(Object.keys(body.results[0])).to.deep.equal(['id']);
  });
});
