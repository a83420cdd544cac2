import { expect } from 'chai';
import { WatchList } from '../../../src/models/watch-list.js';
import { anonymous } from '../../support/clients.js';
import { makeMovie, makeRatedMovie } from '../../support/factories.js';
import { idsOf, LISTS, walk, withQuery } from '../../support/lists.js';
import { expectFields } from '../../support/refusals.js';

function cursorOf(address: string): string {
  return new URL(address).searchParams.get('cursor') as string;
}

/** Titles and times that repeat. */
function repeating(index: number) {
  return { title: `Film ${index % 3}`, created: new Date(Date.UTC(2020, 0, 5 + (index % 3))) };
}

describe('pages by cursor', () => {
  for (const { name, fill, orderings } of LISTS) {
    describe(`of ${name}`, () => {
      const several =
        orderings.length > 2 ? [orderings.slice(1, 3).join(',-'), `-${orderings.slice(2).join(',')}`] : [];
      const asked = [...orderings.flatMap((field) => [field, `-${field}`]), ...several];

      it(`can be followed to the end and back in every ordering: ${asked.join(' ')}`, async () => {
        const path = await fill(8);
        for (const ordering of asked) {
          const all = idsOf(await anonymous.get(withQuery(path, `ordering=${ordering}`)));
          expect(all).to.have.length(8);
          const forward = await walk(withQuery(path, `cursor=&page_size=3&ordering=${ordering}`));
          const pages = [all.slice(0, 3), all.slice(3, 6), all.slice(6)];
          expect(forward.map(idsOf), ordering).to.deep.equal(pages);
          for (const page of forward) expect(page.body).to.have.all.keys('next', 'previous', 'results');
          expect(forward[0]?.body.previous).to.equal(null);
          const backward = await walk(forward[2]?.body.previous, 'previous');
          expect(backward.map(idsOf), `-> ${ordering}`).to.deep.equal(pages.slice(0, 2).toReversed());
          const again = await walk(backward[1]?.body.next);
          expect(again.map(idsOf), `back and forth ${ordering}`).to.deep.equal(pages.slice(1));
        }
      });

      it('are of 20 rows, or of page_size, 100 at most', async () => {
        const path = await fill(103);
        expect(idsOf(await anonymous.get(withQuery(path, 'cursor=')))).to.have.length(20);
        const large = await walk(withQuery(path, 'cursor=&page_size=500'));
        expect(large.map((page) => idsOf(page).length)).to.deep.equal([100, 3]);
        for (const bad of ['0', '-1', 'abc']) {
          expectFields(await anonymous.get(withQuery(path, `cursor=&page_size=${bad}`)), 'page_size');
        }
      });

      it('refuse a cursor that was not issued', async () => {
        const path = await fill(5);
        const { body } = await anonymous.get(withQuery(path, 'cursor=&page_size=2'));
        const good = cursorOf(body.next);
        const middle = Math.floor(good.length / 2);
        const other = good[middle] === 'A' ? 'B' : 'A';
        const bad = [
          'abc',
          '1',
          good.slice(0, -3),
          `${good}x`,
          good.slice(3),
          good.slice(0, middle) + other + good.slice(middle + 1),
          btoa('{"id":1}'),
          'p%3D1',
          '💥',
          '..',
          'a'.repeat(2_000),
        ];
        for (const cursor of bad) {
          expectFields(
            await anonymous.get(withQuery(path, `page_size=2&cursor=${encodeURIComponent(cursor)}`)),
            'cursor',
          );
        }
      });
    });
  }

  it('have one page if all rows fit, and none before or after it', async () => {
    const movie = await makeMovie();
    const answer = await anonymous.get('/watch/watchlist/?cursor=');
    expect(answer.body).to.include({ next: null, previous: null });
    expect(idsOf(answer)).to.deep.equal([movie.id]);
    const empty = await anonymous.get('/watch/watchlist/?cursor=&title=nothing');
    expect(empty.body).to.deep.equal({ next: null, previous: null, results: [] });
  });

  it('keep filters and search', async () => {
    for (const title of ['Heat', 'heat', 'HEAT', 'Cold']) await makeMovie({ title });
    expect((await walk('/watch/watchlist/?title=heat&cursor=&page_size=1')).flatMap(idsOf)).to.have.length(3);
    expect((await walk('/watch/watchlist/?search=hea&cursor=&page_size=2')).flatMap(idsOf)).to.have.length(3);
  });

  for (const ordering of [
    'id',
    '-id',
    'title',
    '-title',
    'created',
    '-created',
    '-avg_rating',
    'number_rating',
    '-weighted_rating,title',
  ]) {
    it(`show each row once while others are written, by ${ordering}`, async () => {
      const movies: WatchList[] = [];
      for (let index = 0; index < 9; index += 1) {
        movies.push(
          await makeRatedMovie(
            Array.from({ length: index % 3 }, () => 4),
            repeating(index),
          ),
        );
      }
      const first = await anonymous.get(`/watch/watchlist/?cursor=&page_size=3&ordering=${ordering}`);
      const seen = idsOf(first);
      // Rows before, at and after the cursor's position, and the cursor's own row is deleted.
      const fields = { platform_id: movies[0]?.platform_id as number };
      await makeMovie({ ...fields, title: 'A', created: new Date(0) });
      await makeRatedMovie([5, 5], { ...fields, title: 'Z', created: new Date() });
      for (const index of [0, 1, 2]) await makeRatedMovie([4], { ...fields, ...repeating(index) });
      const gone = seen.at(-1) as number;
      await (await WatchList.findByPk(gone))?.destroy();

      const rest = await walk(first.body.next);
      const ids = [...seen, ...rest.flatMap(idsOf)];
      expect(new Set(ids).size, 'a row was seen twice').to.equal(ids.length);
      expect(ids).to.include.members(movies.map(({ id }) => id));

      const back = await walk(rest[0]?.body.previous, 'previous');
      const before = back.flatMap(idsOf);
      expect(new Set(before).size).to.equal(before.length);
      expect(before).to.include.members(seen.filter((id) => id !== gone));
    });
  }
});
