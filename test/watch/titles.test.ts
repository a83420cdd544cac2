import { expect } from 'chai';
import { anonymous } from '../support/clients.js';
import { makeMovie, makePlatform } from '../support/factories.js';
import { WatchList } from '../../src/models/watch-list.js';

interface Title {
  id: number;
  title: string;
  year: number | null;
}

async function titles(query: string): Promise<Title[]> {
  const answer = await anonymous.get(`/watch/titles/${query}`);
  expect(answer.status, answer.text).to.equal(200);
  return answer.body.results;
}

async function makeTitles(count: number): Promise<number[]> {
  const { id: platform_id } = await makePlatform();
  const rows = Array.from({ length: count }, (_, at) => ({ title: `T ${at}`, storyline: 'S.', platform_id }));
  await WatchList.bulkCreate(rows);
  return (await titles('')).map(({ id }) => id);
}

describe('titles', () => {
  it('have id, title and year, by id', async () => {
    const later = await makeMovie({ title: 'Ünder <b>', year: 1995 });
    const last = await makeMovie({ title: 'A', active: false });
    expect(await titles('')).to.deep.equal([
      { id: later.id, title: 'Ünder <b>', year: 1995 },
      { id: last.id, title: 'A', year: null },
    ]);
  });

  it('are walked through by the last id', async () => {
    const ids = await makeTitles(7);
    const seen: number[] = [];
    for (let after = 0, more = true; more;) {
      const part = await titles(`?after=${after}&limit=3`);
      seen.push(...part.map(({ id }) => id));
      more = part.length === 3;
      after = seen.at(-1) as number;
    }
    expect(seen).to.deep.equal(ids);
    expect(await titles(`?after=${ids.at(-1)}`)).to.deep.equal([]);
    expect(await titles(`?after=${Number.MAX_SAFE_INTEGER}`)).to.deep.equal([]);
  });

  it('miss nothing and repeat nothing while movies come and go', async () => {
    const ids = await makeTitles(6);
    const first = await titles('?limit=3');
    await WatchList.destroy({ where: { id: [ids[1] ?? 0, ids[4] ?? 0] }, individualHooks: true });
    const added = await makeMovie();
    const rest = await titles(`?after=${first.at(-1)?.id}&limit=3`);
    expect(rest.map(({ id }) => id)).to.deep.equal([ids[3], ids[5], added.id]);
  });

  it('are a thousand at most', async () => {
    for (const query of ['?limit=0', '?limit=1001', '?limit=x', '?after=-1', '?after=1.5', '?after=9e99']) {
      const answer = await anonymous.get(`/watch/titles/${query}`);
      expect(answer.status, query).to.equal(400);
      expect(Object.keys(answer.body), query).to.have.members([query.slice(1, query.indexOf('='))]);
    }
    await makeTitles(1_001);
    expect(await titles('')).to.have.lengthOf(1_000);
  });
});
