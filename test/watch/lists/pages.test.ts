import { expect } from 'chai';
import { anonymous } from '../../support/clients.js';
import { makeMovie, makeUser } from '../../support/factories.js';
import { idsOf, LISTS, walk, withQuery } from '../../support/lists.js';
import { expectDetail, expectFields } from '../../support/refusals.js';

describe('pages by number', () => {
  for (const { name, fill } of LISTS) {
    describe(`of ${name}`, () => {
      it('can be followed by next and back by previous', async () => {
        const path = await fill(7);
        const all = idsOf(await anonymous.get(path));
        expect(all).to.have.length(7);
        expect(all).to.deep.equal(all.toSorted((a, b) => a - b));
        const forward = await walk(withQuery(path, 'page_size=3'));
        expect(forward.map(idsOf)).to.deep.equal([all.slice(0, 3), all.slice(3, 6), all.slice(6)]);
        for (const page of forward) {
          expect(page.body).to.have.all.keys('count', 'next', 'previous', 'results');
          expect(page.body.count).to.equal(7);
        }
        expect(forward[0]?.body.previous).to.equal(null);
        const backward = await walk(withQuery(path, 'page_size=3&page=3'), 'previous');
        expect(backward.map(idsOf)).to.deep.equal(forward.map(idsOf).toReversed());
      });

      it('have 20 rows by default, and 100 at most', async () => {
        const path = await fill(103);
        const { body } = await anonymous.get(path);
        expect(body.results).to.have.length(20);
        expect(body.count).to.equal(103);
        for (const size of [100, 101, 5_000, 999_999_999_999]) {
          expect(idsOf(await anonymous.get(withQuery(path, `page_size=${size}`)))).to.have.length(100);
        }
        expect(idsOf(await anonymous.get(withQuery(path, 'page=6')))).to.have.length(3);
      });

      it('are a 404 past the end', async () => {
        const path = await fill(3);
        for (const page of [2, 99, 1_000_000_000]) {
          expectDetail(await anonymous.get(withQuery(path, `page=${page}`)), 404, 'Invalid page.');
        }
        expectDetail(await anonymous.get(withQuery(path, 'page=4&page_size=1')), 404, 'Invalid page.');
        expect((await anonymous.get(withQuery(path, 'page=3&page_size=1'))).body.next).to.equal(null);
      });

      it('refuse an invalid size and number', async () => {
        const path = await fill(1);
        for (const size of ['0', '-1', 'abc', '1.5', '1e1', 'NaN']) {
          expectFields(await anonymous.get(withQuery(path, `page_size=${size}`)), 'page_size');
        }
        for (const page of ['abc', '1.5', '1e0', 'last-1', '-']) {
          expectFields(await anonymous.get(withQuery(path, `page=${page}`)), 'page');
        }
        for (const page of ['0', '-1']) {
          expect((await anonymous.get(withQuery(path, `page=${page}`))).status).to.be.oneOf([400, 404]);
        }
      });
    });
  }

  const EMPTY: [string, () => Promise<string>][] = [
    ['platforms', async () => '/watch/platformlist/'],
    ['movies', async () => '/watch/watchlist/'],
    ["a movie's reviews", async () => `/watch/${(await makeMovie()).id}/review/`],
    ["a user's reviews", async () => `/watch/reviews/?username=${(await makeUser()).username}`],
  ];
  for (const [name, path] of EMPTY) {
    it(`have a first page without ${name}, and no second`, async () => {
      const empty = await path();
      for (const address of [empty, withQuery(empty, 'page=1')]) {
        const { status, body } = await anonymous.get(address);
        expect(status).to.equal(200);
        expect(body).to.deep.equal({ count: 0, next: null, previous: null, results: [] });
      }
      expectDetail(await anonymous.get(withQuery(empty, 'page=2')), 404, 'Invalid page.');
    });
  }

  it('keep the other parameters in next and previous', async () => {
    for (const title of ['Heat', 'heat', 'HEAT', 'Cold']) await makeMovie({ title });
    const pages = await walk('/watch/watchlist/?title=heat&ordering=-id&page_size=1&unknown=a%26b');
    expect(pages).to.have.length(3);
    const ids = pages.flatMap(idsOf);
    expect(ids).to.deep.equal(ids.toSorted((a, b) => b - a));
    const back = await walk(pages[2]?.body.previous, 'previous');
    expect(back.flatMap(idsOf)).to.deep.equal(ids.slice(0, 2).toReversed());
  });

  it('ignore unknown parameters', async () => {
    const movie = await makeMovie();
    const answer = await anonymous.get(
      '/watch/watchlist/?colour=red&__proto__=x&constructor=y&title[$ne]=z&id__gt=0',
    );
    expect(idsOf(answer)).to.deep.equal([movie.id]);
  });

  it('treat a parameter without a value as absent', async () => {
    const movie = await makeMovie();
    for (const query of [
      'search=',
      'ordering=',
      'title=',
      'platform=',
      'active=',
      'avg_rating__gte=',
      'created__lte=',
    ]) {
      expect(idsOf(await anonymous.get(`/watch/watchlist/?${query}`)), query).to.deep.equal([movie.id]);
    }
  });

  it('use the last of a repeated parameter, as DRF does', async () => {
    const movies = [await makeMovie({ title: 'One' }), await makeMovie({ title: 'Two' })];
    const sized = await anonymous.get('/watch/watchlist/?page_size=2&page_size=1');
    expect(idsOf(sized)).to.deep.equal([movies[0]?.id]);
    const titled = await anonymous.get('/watch/watchlist/?title=One&title=Two');
    expect(idsOf(titled)).to.deep.equal([movies[1]?.id]);
  });
});
