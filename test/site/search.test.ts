import { expect } from 'chai';
import { makeMovie, makeRatedMovie } from '../support/factories.js';
import { getPage, pageText } from '../support/site.js';

const search = (text: string) => `/search?q=${encodeURIComponent(text)}`;

/** The titles of the rows that a page shows, in their order. */
const rowsOf = (text: string) =>
  [...text.matchAll(/<h[23]><a href="[^"]*" dir="auto">([^<]*)</g)].map(([, title]) => title as string);

describe('the search', () => {
  it('finds movies, the best first, and says how many', async () => {
    await makeMovie({ title: 'The Heat' });
    await makeRatedMovie([4, 5], { title: 'Heather' });
    await makeMovie({ title: 'Heat' });
    await makeMovie({ title: 'Cold', storyline: 'After the heat.' });
    const text = await pageText(search('heat'));
    expect(rowsOf(text)).to.deep.equal(['Heat', 'Heather', 'The Heat', 'Cold']);
    expect(text).to.include('4 movies').and.to.include('<title>heat · Search · Marquee</title>');
    expect(text).to.include('content="noindex"');
    expect(text).to.match(/<input type="search" name="q" value="heat"/);
  });

  it('has pages', async () => {
    for (let at = 0; at < 21; at += 1) await makeMovie({ title: `Heat ${at}` });
    expect(rowsOf(await pageText(search('heat')))).to.have.lengthOf(20);
    expect(await pageText(search('heat'))).to.include('href="/search?q=heat&amp;page=2"');
    expect(rowsOf(await pageText(`${search('heat')}&page=2`))).to.have.lengthOf(1);
    const missing = await getPage(`${search('heat')}&page=7`);
    expect(missing.status).to.equal(404);
    expect(await missing.text()).to.include('href="/search?q=heat&amp;page=2">Go to the last page, 2');
  });

  it('gives a hint where nothing was asked for', async () => {
    for (const path of ['/search', '/search?q=', '/search?q=%20%20', '/search?x=1']) {
      const answer = await getPage(path);
      expect(answer.status, path).to.equal(200);
      expect(await answer.text(), path).to.include('Write a title, or words of the story');
    }
  });

  it('suggests what may have been meant where nothing is found', async () => {
    await makeMovie({ title: 'The Godfather', genres: ['Crime'] });
    const text = await pageText(search('godfater'));
    expect(text).to.include('Nothing found for “godfater”').and.to.include('Did you mean');
    expect(rowsOf(text)).to.deep.equal(['The Godfather']);
    const nothing = await pageText(search('zzzzzz'));
    expect(nothing).to.include('Check the spelling').and.to.not.include('Did you mean');
    expect(await pageText(search('zzzzzz'), { language: 'de' })).to.include('Nichts gefunden zu „zzzzzz“.');
  });

  it('says why symbols alone find nothing', async () => {
    await makeMovie({ title: '???' });
    expect(await pageText(search('?!…'))).to.include('no letter and no digit');
  });

  it('takes texts of any length and kind', async () => {
    await makeMovie({ title: '기생충' });
    expect(rowsOf(await pageText(search('기생')))).to.deep.equal(['기생충']);
    const long = await getPage(search('wort '.repeat(1_500)));
    expect(long.status).to.equal(200);
    const text = await long.text();
    expect(text.match(/<h1[^>]*>([^<]*)/)?.[1]).to.have.lengthOf.below(120);
    const tooLong = await getPage(search('x'.repeat(10_001)));
    expect(tooLong.status).to.equal(400);
    expect(await tooLong.text()).to.include('no more than 10000 characters');
    for (const bad of ['%00', '%ED%A0%80', '%', '%FF']) {
      expect((await getPage(`/search?q=a${bad}`)).status, bad).to.be.oneOf([200, 400]);
    }
  });

  it('escapes what was typed', async () => {
    const text = await pageText(search('"><script>alert(1)</script>'));
    expect(text).to.not.include('<script>alert');
  });
});
