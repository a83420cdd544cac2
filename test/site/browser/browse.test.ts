import { expect } from 'chai';
import { WatchList } from '../../../src/models/watch-list.js';
import { makeMovie, makePlatform } from '../../support/factories.js';
import { siteTab } from '../../support/site-tab.js';

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/** Makes two pages of movies, some of them hard to show. */
async function makeCatalogue(): Promise<void> {
  const lumen = await makePlatform({ name: 'Lumen' });
  const umbra = await makePlatform({ name: LONG.slice(0, 30), about: LONG.repeat(2).slice(0, 150) });
  await WatchList.bulkCreate(
    Array.from({ length: 32 }, (_, at) => ({
      title: `Film ${at}`,
      storyline: 'Somebody wants something.',
      platform_id: lumen.id,
      genres: at % 2 ? ['Drama'] : ['Comedy', LONG.slice(0, 40)],
      year: 1970 + at,
    })),
  );
  const titles = [
    LONG,
    'בחיים ובמוות',
    'قصة حب طويلة',
    '기생충',
    '千と千尋の神隠し',
    '<b>Bold</b> & "quoted"',
  ];
  for (const title of titles) {
    await makeMovie({
      title,
      storyline: LONG.repeat(3),
      platform_id: umbra.id,
      genres: ['Noir'],
      year: 2020,
    });
  }
}

/** The pages and their states. */
const PAGES = [
  '/movies?genre=Noir&from=2020&kind=movie',
  '/movies?from=abc&order=x',
  '/movies?page=99',
  '/search?q=film',
  '/platforms',
];
/** Further ones, of the same colours. */
const MORE = ['/movies', '/movies?genre=None', '/search', '/search?q=filmm+3', '/search?q=!!!'];

describe('browsing in a browser', () => {
  describe('with scripts', function withScripts() {
    const tab = siteTab(this);

    it('finds a film by keyboard alone', async () => {
      await makeCatalogue();
      await tab.go('/');
      const { keyboard } = tab.page;
      await tab.page.getByRole('link', { name: 'Movies', exact: true }).focus();
      await keyboard.press('Enter');
      await tab.page.waitForURL('**/movies');
      await tab.page.getByLabel('Order').focus();
      for (let step = 0; step < 3; step += 1) await keyboard.press('Tab');
      expect(await tab.page.evaluate('document.activeElement.type')).to.equal('checkbox');
      await tab.page.getByLabel('Drama').focus();
      await keyboard.press('Space');
      await tab.page.getByLabel('From year').focus();
      await keyboard.type('2001');
      await keyboard.press('Enter');
      await tab.page.waitForURL('**/movies?*');
      // Empty fields are not in the address.
      expect(new URL(tab.page.url()).search).to.equal('?order=-weighted_rating&genre=Drama&from=2001');
      await tab.page.getByText('1 movie', { exact: true }).waitFor();
      await tab.page.getByRole('link', { name: 'Film 31' }).waitFor();
      await tab.page.getByRole('link', { name: 'Remove From 2001' }).focus();
      await keyboard.press('Enter');
      await tab.page.getByText('16 movies').waitFor();
      await tab.page.getByRole('link', { name: 'Clear filters' }).click();
      await tab.page.getByText('38 movies').waitFor();
      await tab.page.getByRole('link', { name: 'Next' }).click();
      await tab.page.waitForURL('**/movies?page=2');
    });

    for (const theme of ['light', 'dark'] as const) {
      it(`has no findings of axe in the ${theme} theme`, async () => {
        await makeCatalogue();
        await tab.page.emulateMedia({ colorScheme: theme });
        const platform = `/platforms/${(await makePlatform({ name: 'Nothing' })).id}/nothing`;
        for (const path of [...PAGES, ...(theme === 'light' ? MORE : []), platform]) {
          await tab.go(path);
          expect(await tab.axeFindings(), path).to.deep.equal([]);
        }
        tab.faults.splice(0);
      });
    }
  });

  describe('without scripts', function withoutScripts() {
    const tab = siteTab(this, { javaScript: false });

    it('finds a film by filters and by the search', async () => {
      await makeCatalogue();
      await tab.go('/movies');
      await tab.page.getByLabel('Kind').selectOption('Movies');
      await tab.page.getByLabel('Drama').check();
      await tab.page.getByRole('button', { name: 'Show' }).click();
      await tab.page.getByText('16 movies').waitFor();
      await tab.page.getByLabel('Search movies').fill('film 7');
      await tab.page.getByRole('button', { name: 'Search' }).click();
      await tab.page.getByRole('heading', { name: 'Film 7', exact: true }).waitFor();
      await tab.page.getByRole('link', { name: 'Platforms' }).click();
      await tab.page.getByRole('link', { name: /^Lumen/ }).click();
      await tab.page.getByRole('heading', { name: 'Movies on Lumen' }).waitFor();
      await tab.page.getByLabel('Order').selectOption('Title');
      await tab.page.getByRole('button', { name: 'Show' }).click();
      await tab.page.waitForURL('**/lumen?order=title');
    });
  });

  describe('on a phone, in German', function onAPhone() {
    const tab = siteTab(this, { width: 360, height: 740, language: 'de-DE' });

    it('fits, with its filters folded', async () => {
      await makeCatalogue();
      for (const path of [...PAGES, ...MORE, '/platforms/1', '/platforms/2']) {
        await tab.go(path);
        expect(await tab.isTooWide(), path).to.equal(false);
      }
      tab.faults.splice(0);
      await tab.go('/movies');
      expect(await tab.page.getByLabel('Plattform').isVisible()).to.equal(false);
      await tab.page.getByText('Filter', { exact: true }).click();
      await tab.page.getByLabel('Plattform').selectOption({ label: 'Lumen (32)' });
      await tab.page.getByRole('button', { name: 'Zeigen' }).click();
      await tab.page.getByText('32 Filme').waitFor();
      await tab.page.getByText('Filter (1)').waitFor();
      expect(await tab.axeFindings()).to.deep.equal([]);
    });
  });
});
