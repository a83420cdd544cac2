import { expect } from 'chai';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { WatchList } from '../../src/models/watch-list.js';
import { makeMovie, makePlatform, makeRatedMovie } from '../support/factories.js';
import { getPage, pageText } from '../support/site.js';
import { platformPath } from '../../site/paths.js';

describe('the platforms', () => {
  it('are listed by name, with what they are and how many movies they have', async () => {
    const umbra = await makePlatform({ name: 'Umbra', about: 'Dark <films>.' });
    await makePlatform({ name: 'Lumen' });
    await makeMovie({ platform_id: umbra.id });
    const text = await pageText('/platforms');
    expect([...text.matchAll(/<h2 dir="auto">([^<]*)/g)].map(([, name]) => name)).to.deep.equal([
      'Lumen',
      'Umbra',
    ]);
    expect(text).to.include('Dark &lt;films').and.to.include('>1 movie<').and.to.include('2 platforms');
    expect(text).to.include(`href="/platforms/${umbra.id}/umbra"`);
    expect(await pageText('/platforms', { language: 'de' })).to.include('2 Plattformen');
  });

  it('have pages', async () => {
    expect(await pageText('/platforms')).to.include('There are no platforms yet.');
    await StreamPlatform.bulkCreate(
      Array.from({ length: 25 }, (_, at) => ({
        name: `Platform ${String(at).padStart(2, '0')}`,
        about: 'x',
        website: 'https://example.org',
      })),
    );
    expect(await pageText('/platforms?page=2')).to.include('Platform 24');
    expect((await getPage('/platforms?page=3')).status).to.equal(404);
  });

  it('have a page each, with their website and their movies in an order', async () => {
    const platform = await makePlatform({
      name: 'Lumen',
      website: 'https://lumen.example.org/films?old=1&b=2',
    });
    await makeRatedMovie([5, 5], { title: 'Zorro', platform_id: platform.id });
    await makeMovie({ title: 'Alpha', platform_id: platform.id });
    await makeMovie({ title: 'Elsewhere' });
    const path = platformPath(platform);
    const text = await pageText(path);
    expect(text).to.include('href="https://lumen.example.org/films?old=1&amp;b=2" rel="nofollow noopener"');
    expect(text).to.include('>lumen.example.org ').and.to.not.include('Elsewhere');
    expect(text.indexOf('Zorro')).to.be.below(text.indexOf('>Alpha'));
    const ordered = await pageText(`${path}?order=title`);
    expect(ordered.indexOf('>Zorro')).to.be.above(ordered.indexOf('>Alpha'));
    expect(ordered).to.include('content="noindex"');
    expect(text).to.match(new RegExp(`rel="canonical" href="[^"]*${path}"`));
    const faulty = await getPage(`${path}?order=x`);
    expect(faulty.status).to.equal(400);
    expect(await faulty.text()).to.include('is not a valid choice.');
  });

  it('have pages of movies', async () => {
    const platform = await makePlatform({ name: 'Lumen' });
    await WatchList.bulkCreate(
      Array.from({ length: 31 }, (_, at) => ({
        title: `Film ${at}`,
        storyline: 'x',
        platform_id: platform.id,
      })),
    );
    const path = platformPath(platform);
    expect(await pageText(`${path}?page=2`)).to.match(
      new RegExp(`rel="canonical" href="[^"]*${path}\\?page=2"`),
    );
    const missing = await getPage(`${path}?page=3`);
    expect(missing.status).to.equal(404);
    expect(await missing.text()).to.include(`href="${path}?page=2">Go to the last page, 2`);
  });

  it('lead from another slug to the right one', async () => {
    const { id } = await makePlatform({ name: 'Été & Noir' });
    const right = `/platforms/${id}/ete-noir`;
    for (const wrong of ['', '/', '/other', '/Ete-Noir', '/%20', '/ete-noir/']) {
      const answer = await getPage(`/platforms/${id}${wrong}?order=title&page=2`);
      expect(answer.status, wrong).to.equal(301);
    }
    const kept = await getPage(`/platforms/${id}/x?order=title&page=2`);
    expect(kept.headers.get('location')).to.equal(`${right}?order=title&page=2`);
    expect((await getPage(right)).status).to.equal(200);
  });

  it('have names of any script, and of none', async () => {
    const korean = await makePlatform({ name: '기생충 TV' });
    const path = platformPath(korean);
    expect((await getPage(path)).status).to.equal(200);
    expect((await getPage(path.toLowerCase().replaceAll('%ea', '%EA'))).status).to.equal(200);
    expect(platformPath({ id: 1, name: "Schindler's Lists, l’Été" })).to.equal(
      '/platforms/1/schindlers-lists-lete',
    );
    const stars = await makePlatform({ name: '★★★' });
    expect(platformPath(stars)).to.equal(`/platforms/${stars.id}`);
    expect((await getPage(`/platforms/${stars.id}`)).status).to.equal(200);
  });

  it('that do not exist have an error page', async () => {
    for (const id of ['9999', 'abc', '0', '-1', '1.5', '99999999999999999999', '%00', '1%2Fx', '%3F']) {
      const answer = await getPage(`/platforms/${id}/x`);
      expect(answer.status, id).to.equal(404);
      expect(await answer.text(), id).to.include('Page not found');
    }
  });
});
