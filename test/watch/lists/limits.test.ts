import { expect } from 'chai';
import { anonymous } from '../../support/clients.js';
import { idsOf, LISTS, walk, withQuery } from '../../support/lists.js';
import { expectFields } from '../../support/refusals.js';

describe('pages by limit and offset', () => {
  for (const { name, fill } of LISTS) {
    describe(`of ${name}`, () => {
      it('can be followed by next and back by previous', async () => {
        const path = await fill(7);
        const all = idsOf(await anonymous.get(path));
        const forward = await walk(withQuery(path, 'limit=3'));
        expect(forward.map(idsOf)).to.deep.equal([all.slice(0, 3), all.slice(3, 6), all.slice(6)]);
        for (const page of forward) {
          expect(page.body).to.have.all.keys('count', 'next', 'previous', 'results');
          expect(page.body.count).to.equal(7);
        }
        const backward = await walk(withQuery(path, 'limit=3&offset=6'), 'previous');
        expect(backward.map(idsOf)).to.deep.equal(forward.map(idsOf).toReversed());
      });

      it('start anywhere, and can be followed back to the start', async () => {
        const path = await fill(7);
        const all = idsOf(await anonymous.get(path));
        expect(idsOf(await anonymous.get(withQuery(path, 'limit=2&offset=5')))).to.deep.equal(all.slice(5));
        const pages = await walk(withQuery(path, 'limit=3&offset=2'), 'previous');
        expect(idsOf(pages.at(-1) as (typeof pages)[0])[0]).to.equal(all[0]);
      });

      it('have 100 rows at most', async () => {
        const path = await fill(103);
        for (const limit of [100, 101, 999_999_999_999]) {
          const page = await anonymous.get(withQuery(path, `limit=${limit}`));
          expect(idsOf(page)).to.have.length(100);
          expect(idsOf(await anonymous.get(page.body.next))).to.have.length(3);
        }
      });

      it('have no results past the end', async () => {
        const path = await fill(3);
        for (const offset of [3, 4, 1_000_000_000]) {
          const { status, body } = await anonymous.get(withQuery(path, `limit=2&offset=${offset}`));
          expect(status).to.equal(200);
          expect(body).to.include({ count: 3, next: null });
          expect(body.results).to.deep.equal([]);
        }
      });

      it('refuse an invalid limit and offset', async () => {
        const path = await fill(1);
        for (const bad of ['0', '-1', 'abc', '1.5', '1e1']) {
          expectFields(await anonymous.get(withQuery(path, `limit=${bad}`)), 'limit');
        }
        for (const bad of ['-1', 'abc', '1.5', '1e1']) {
          expectFields(await anonymous.get(withQuery(path, `limit=2&offset=${bad}`)), 'offset');
        }
      });
    });
  }
});

describe('mixed paging styles', () => {
  it('use cursor before limit before page', async () => {
    const path = await (LISTS[1] as (typeof LISTS)[0]).fill(7);
    const all = idsOf(await anonymous.get(path));
    const limited = await anonymous.get(`${path}?page=3&page_size=1&limit=2&offset=3`);
    expect(idsOf(limited)).to.deep.equal(all.slice(3, 5));
    expect(limited.body.count).to.equal(7);
    const cursored = await anonymous.get(`${path}?limit=2&offset=3&page=3&cursor=&page_size=4`);
    expect(idsOf(cursored)).to.deep.equal(all.slice(0, 4));
    expect(cursored.body).to.have.all.keys('next', 'previous', 'results');
  });
});
