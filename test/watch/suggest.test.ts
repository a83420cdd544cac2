import { expect } from 'chai';
import { WatchList } from '../../src/models/watch-list.js';
import { indexMovies } from '../../src/search/indexing.js';
import { anonymous, asAdmin } from '../support/clients.js';
import { makeMovie, makePlatform, makeReview } from '../support/factories.js';

/** The titles that are suggested. */
async function suggested(q: string): Promise<string[]> {
  const answer = await anonymous.get(`/watch/suggest/?q=${encodeURIComponent(q)}`);
  expect(answer.status, answer.text).to.equal(200);
  return answer.body.results.map(({ title }: { title: string }) => title);
}

async function makeTitles(titles: string[]): Promise<void> {
  const { id: platform_id } = await makePlatform();
  await WatchList.bulkCreate(titles.map((title) => ({ title, storyline: 'Nothing of it.', platform_id })));
}

describe('suggestions', () => {
  it('show id, title, year, platform and poster', async () => {
    const { id, platform_id } = await makeMovie({ title: 'Heat', year: 1995 });
    const { body } = await anonymous.get('/watch/suggest/?q=he');
    expect(body.results).to.have.lengthOf(1);
    expect(body.results[0]).to.have.all.keys('id', 'title', 'year', 'platform', 'poster');
    expect(body.results[0]).to.include({ id, title: 'Heat', year: 1995, poster: null });
    const platform = await anonymous.get(`/watch/platformlist/${platform_id}/`);
    expect(body.results[0].platform).to.equal(platform.body.name);
  });

  it('find titles by the beginnings of their words, the best first', async () => {
    await makeTitles(['The Heat', 'Heat Wave', 'Heather', 'Heat', 'Cold']);
    await makeReview({ watchlist_id: (await WatchList.findOne({ where: { title: 'Heather' } }))?.id });
    for (const time of ['queued', 'indexed']) {
      expect(await suggested('heat'), time).to.deep.equal(['Heat', 'Heather', 'Heat Wave', 'The Heat']);
      expect(await suggested('wa HE'), time).to.deep.equal(['Heat Wave']);
      expect(await suggested('h'), time).to.have.members(['Heat', 'Heather', 'Heat Wave', 'The Heat']);
      await indexMovies();
    }
  });

  it('are eight at most, and only of titles', async () => {
    await makeTitles(Array.from({ length: 12 }, (_, index) => `Film ${index}`));
    await makeMovie({ title: 'Other', storyline: 'A film.' });
    for (const time of ['queued', 'indexed']) {
      expect(await suggested('fil'), time).to.have.lengthOf(8);
      expect(await suggested('a'), time).to.deep.equal([]);
      await indexMovies();
    }
  });

  const mistyped: [what: string, typed: string][] = [
    ['a wrong letter', 'godfather pert'],
    ['a missing letter', 'godfather prt'],
    ['a doubled letter', 'godfather parrt'],
    ['swapped letters', 'godfather prat'],
    ['a wrong first letter', 'hodfather part'],
    ['two wrong letters', 'gudfathir'],
    ['two missing letters', 'gdfathr'],
    ['a swap and a doubled letter', 'gofdaather'],
    ['a mistyped beginning', 'godfhate'],
    ['accents aside', 'Gödfathor'],
    ['several words', 'godfathre pxrt'],
  ];
  for (const [what, typed] of mistyped) {
    it(`forgive ${what}: ${typed}`, async () => {
      await makeTitles(['The Godfather Part Two', 'Heat', 'Grandmother']);
      expect(await suggested(typed), 'queued').to.deep.equal(['The Godfather Part Two']);
      await indexMovies();
      expect(await suggested(`${typed} `), 'indexed').to.deep.equal(['The Godfather Part Two']);
    });
  }

  for (const [what, typed] of [
    ['three letters', 'cot'],
    ['two errors in a short word', 'haot'],
    ['three errors in a long word', 'gidfithur'],
    ['digits', '2010'],
    ['one word of two', 'heat cot'],
  ] as const) {
    it(`do not forgive ${what}: ${typed}`, async () => {
      await makeTitles(['Cat', 'Heat Cat', 'Godfather', '2001', 'Bent']);
      expect(await suggested(typed), 'queued').to.deep.equal([]);
      await indexMovies();
      expect(await suggested(`${typed} `), 'indexed').to.deep.equal([]);
    });
  }

  it('put what was typed before what may have been meant', async () => {
    await makeTitles(['Heart', 'Heap', 'Heat']);
    await makeReview({ watchlist_id: (await WatchList.findOne({ where: { title: 'Heart' } }))?.id });
    for (const time of ['queued', 'indexed']) {
      expect(await suggested('heat'), time).to.deep.equal(['Heat', 'Heart', 'Heap']);
      await indexMovies();
    }
  });

  it('follow changes, also of the words that are known', async () => {
    const admin = await asAdmin();
    const { id } = await makeMovie({ title: 'Nosferatu' });
    await indexMovies();
    expect(await suggested('nosferata')).to.deep.equal(['Nosferatu']);
    await admin.patch(`/watch/watchlist/${id}/`, { title: 'Metropolis' });
    for (const time of ['queued', 'indexed']) {
      expect(await suggested('nosferata'), time).to.deep.equal([]);
      expect(await suggested('metropulis'), time).to.deep.equal(['Metropolis']);
      await indexMovies();
    }
    await admin.delete(`/watch/watchlist/${id}/`);
    for (const time of ['queued', 'indexed']) {
      expect(await suggested('metropulis'), time).to.deep.equal([]);
      await indexMovies();
    }
  });

  it('are none without a letter or digit', async () => {
    await makeMovie();
    for (const query of ['', '?q=', '?q=%20', '?q=%24%25', '?q=%F0%9F%8E%AC']) {
      const { status, body } = await anonymous.get(`/watch/suggest/${query}`);
      expect(status, query).to.equal(200);
      expect(body, query).to.deep.equal({ results: [] });
    }
  });

  it('answer any text, thirty at once', async () => {
    await makeTitles(['Heat', 'The Godfather']);
    await indexMovies();
    const texts = [
      'a'.repeat(10_000),
      'a '.repeat(5_000),
      '"*',
      "'; --",
      'x',
      '(heat) OR NOT',
      'godfathr '.repeat(50),
    ];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        anonymous.get(
          `/watch/suggest/?${new URLSearchParams({ q: texts[index % texts.length] as string }).toString()}`,
        ),
      ),
    );
    for (const { status, text } of answers) expect(status, text).to.equal(200);
    const { status, body } = await anonymous.get(`/watch/suggest/?q=${'a'.repeat(10_001)}`);
    expect(status).to.equal(400);
    expect(body).to.have.all.keys('q');
  });
});
