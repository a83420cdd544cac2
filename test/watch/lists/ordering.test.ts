import { expect } from 'chai';
import { anonymous } from '../../support/clients.js';
import { makeMovie, makePlatform, makeRatedMovie } from '../../support/factories.js';
import { FIELD_OF, idsOf, LISTS, withQuery } from '../../support/lists.js';
import { expectFields } from '../../support/refusals.js';

type Row = Record<string, number | string | null>;

async function ordered(ordering: string): Promise<number[]> {
  return idsOf(await anonymous.get(`/watch/watchlist/?ordering=${ordering}`));
}

describe('ordering', () => {
  for (const { name, fill, orderings } of LISTS) {
    it(`sorts ${name} by ${orderings.join(', ')}, either way round`, async () => {
      const path = await fill(8);
      for (const field of orderings) {
        const shown = FIELD_OF[field] ?? field;
        const up = await anonymous.get(withQuery(path, `ordering=${field}`));
        const values: (number | string | null)[] = up.body.results.map((row: Row) => row[shown]);
        const known = values.filter((value) => value !== null);
        // What has no value comes last, either way round.
        const unknown = values.filter((value) => value === null);
        const sorted = known.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
        expect(values, field).to.deep.equal([...sorted, ...unknown]);
        const down = await anonymous.get(withQuery(path, `ordering=-${field}`));
        const turned = down.body.results.map((row: Row) => row[shown]);
        expect(turned, `-${field}`).to.deep.equal([...sorted.toReversed(), ...unknown]);
        expect(idsOf(down)).to.have.members(idsOf(up));
      }
    });

    it(`of ${name} refuses other fields`, async () => {
      const path = await fill(1);
      for (const bad of [
        'password',
        '-password',
        'user_id',
        'search_text',
        '--id',
        'id;',
        'id desc',
        'id,password',
        '-',
        '1',
        'rating_1',
        'constructor',
      ]) {
        const answer = await anonymous.get(withQuery(path, `ordering=${encodeURIComponent(bad)}`));
        expectFields(answer, 'ordering');
        expect(answer.text).not.to.match(/sql|select/i);
      }
    });
  }

  it('takes several fields', async () => {
    const platform_id = (await makePlatform()).id;
    const b4 = await makeRatedMovie([4], { platform_id, title: 'B' });
    const a4 = await makeRatedMovie([4], { platform_id, title: 'A' });
    const b5 = await makeRatedMovie([5], { platform_id, title: 'B' });
    const none = await makeMovie({ platform_id, title: 'A' });
    expect(await ordered('-avg_rating,title')).to.deep.equal([b5.id, a4.id, b4.id, none.id]);
    expect(await ordered('title,-avg_rating')).to.deep.equal([a4.id, none.id, b5.id, b4.id]);
    expect(await ordered('title,-id')).to.deep.equal([none.id, a4.id, b5.id, b4.id]);
    expect(await ordered('avg_rating,-title')).to.deep.equal([none.id, b4.id, a4.id, b5.id]);
  });

  it('sorts by the weighted rating, which a single high vote does not lead', async () => {
    const platform_id = (await makePlatform()).id;
    const once = await makeRatedMovie([5], { platform_id });
    const often = await makeRatedMovie([5, 5, 5, 4], { platform_id });
    const bad = await makeRatedMovie([1], { platform_id });
    const none = await makeMovie({ platform_id });
    const answer = await anonymous.get('/watch/watchlist/?ordering=-weighted_rating');
    expect(idsOf(answer)).to.deep.equal([often.id, once.id, none.id, bad.id]);
  });
});
