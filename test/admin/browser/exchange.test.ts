import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { WatchList } from '../../../src/models/watch-list.js';
import { makeMovie, makePlatform } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';

const FILE = { name: 'mine.csv', mimeType: 'text/csv' };

describe('admin panel: export and import in a browser', function () {
  this.timeout(60_000);
  const tab = panelTab();
  const { go, shoot } = tab;
  let page: Page;
  beforeEach(async () => {
    const { id } = await makePlatform({ name: 'Lumière' });
    for (const title of ['Arrival', 'Metropolis', 'Mephisto']) await makeMovie({ title, platform_id: id });
    await tab.enter('admin', 'ada');
    ({ page } = tab);
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const pick = (name: string, text: string) =>
    page.getByLabel(name).setInputFiles({ ...FILE, buffer: Buffer.from(text) });

  it('downloads what the list shows', async () => {
    await go('resources/watch_lists?filters.title=me&sortBy=title&direction=desc');
    await page.getByText('Mephisto').waitFor();
    await page.getByRole('link', { name: 'Export' }).or(button('Export')).click();
    await page.getByText('2 records, as filtered and sorted in the list.').waitFor();
    await page.getByLabel('NDJSON').check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).to.match(/^marquee-movies-.*\.ndjson$/);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).title)).to.deep.equal(['Metropolis', 'Mephisto']);
  });

  it('shows what is wrong with files, then imports them', async () => {
    await go('resources/watch_lists');
    await page.getByRole('link', { name: 'Import' }).or(button('Import')).click();
    await pick('Movies', 'id,title,storyline,platform\n1,Ordet,,Lumière\n');
    await button('Check').click();
    await page.getByText('1 fault was found.').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'storyline' });
    expect(await row.textContent()).to.equal('movies.csv2storylineThis field may not be blank.');
    expect(await button('Import now').count()).to.equal(0);
    await shoot('shows faults of a file');

    await pick(
      'Movies',
      'id,title,storyline,platform\n1,Ordet,A word.,Lumière\n2,Arrival,They come.,Lumière\n',
    );
    await button('Check').click();
    await page.getByText('Nothing has been written yet.').waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'Movies' }).textContent()).to.equal('Movies11');
    await shoot('shows what an import would do');
    expect(await WatchList.count()).to.equal(3);
    await button('Import now').click();
    await page.getByText('Imported.').waitFor();
    expect(await WatchList.count()).to.equal(4);
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByText('Ordet').waitFor();
  });
});
