import { expect } from 'chai';
import { Review } from '../../../src/models/review.js';
import { SavedMovie } from '../../../src/models/saved-movie.js';
import { makeMovie, makeReview, makeUser } from '../../support/factories.js';
import { csv, zipOf } from '../../support/own-data.js';
import { siteTab, type SiteTab } from '../../support/site-tab.js';

async function expectFine(tab: SiteTab): Promise<void> {
  expect(await tab.axeFindings()).to.deep.equal([]);
  expect(await tab.isTooWide(), 'wider than the window').to.equal(false);
}

for (const [javaScript, width, language] of [
  [true, 1366, 'en-GB'],
  [false, 360, 'en-GB'],
] as const)
  describe(`one's own data in a browser ${javaScript ? 'with' : 'without'} scripts`, function () {
    const tab = siteTab(this, { javaScript, width, language });

    it('is checked, imported and exported', async () => {
      const { page, go } = tab;
      const [heat, up] = [
        await makeMovie({ title: 'Heat', year: 1995 }),
        await makeMovie({ title: 'Up', year: 2009 }),
      ];
      const user = await makeUser({ username: 'ann' });
      await makeReview({ user_id: user.id, watchlist_id: up.id, rating: 1 });
      await tab.become(user);
      const zip = await zipOf({
        'ratings.csv': csv(
          'Date,Name,Year,URI,Rating',
          ',Heat,1995,u,4.5',
          ',Up,2009,u,3',
          ',Gone with <b>,1939,u,3',
        ),
        'watchlist.csv': csv('Date,Name,Year,URI', ',Up,2009,u'),
      });
      await go('/settings');
      if (javaScript) await expectFine(tab);
      const file = page.getByLabel('File', { exact: true });
      await file.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello\n') });
      await page.getByRole('button', { name: 'Check file' }).click();
      await page.getByText('notes.txt has no columns that are known').first().waitFor();
      tab.faults.splice(
        0,
        tab.faults.length,
        ...tab.faults.filter((fault) => !fault.includes('status of 400')),
      );
      await file.setInputFiles({ name: 'letterboxd.zip', mimeType: 'application/zip', buffer: zip });
      await page.getByLabel('Replace what I have rated here already').check();
      await page.getByRole('button', { name: 'Check file' }).click();
      await page.getByRole('heading', { name: 'Your file is checked' }).waitFor();
      await page.getByText('Gone with <b> (1939)').waitFor();
      if (javaScript) await expectFine(tab);
      expect(await tab.isTooWide()).to.equal(false);
      expect(await SavedMovie.count()).to.equal(0);
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByRole('heading', { name: 'Your import is done' }).waitFor();
      const reviews = await Review.findAll({ where: { user_id: user.id }, order: ['id'] });
      expect(reviews.map(({ watchlist_id, rating }) => [watchlist_id, rating])).to.deep.equal([
        [up.id, 3],
        [heat.id, 5],
      ]);
      expect(await SavedMovie.count()).to.equal(1);
      await page.getByRole('link', { name: 'Back to the settings' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export my data' }).click(),
      ]);
      expect(download.suggestedFilename()).to.match(/^marquee-ann-\d{4}-\d\d-\d\d\.zip$/);
      expect(await download.failure()).to.equal(null);
    });
  });
