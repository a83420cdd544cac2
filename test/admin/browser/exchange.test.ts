import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { WatchList } from '../../../src/models/watch-list.js';
import { makeMovie, makePlatform } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';

const FILE = { name: 'mine.csv', mimeType: 'text/csv' };

describe('admin panel: export and import in a browser', function () {
  const tab = panelTab(this, 'admin', 'ada');
  const { go, shoot } = tab;
  beforeEach(async () => {
    const { id } = await makePlatform({ name: 'Lumière' });
    for (const title of ['Arrival', 'Metropolis', 'Mephisto']) await makeMovie({ title, platform_id: id });
  });

  const button = (name: string) => tab.page.getByRole('button', { name, exact: true });
  const pick = (name: string, text: string) =>
    tab.page.getByLabel(name).setInputFiles({ ...FILE, buffer: Buffer.from(text) });

  it('downloads what the list shows', async () => {
    await go('resources/watch_lists?filters.title=me&sortBy=title&direction=desc');
    await tab.page.getByText('Mephisto').waitFor();
    await tab.page.getByRole('link', { name: 'Export' }).or(button('Export')).click();
    await tab.page.getByText('2 records, as filtered and sorted in the list.').waitFor();
    await tab.page.getByLabel('NDJSON').check();
    const [download] = await Promise.all([
      tab.page.waitForEvent('download'),
      tab.page.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).to.match(/^marquee-movies-.*\.ndjson$/);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).title)).to.deep.equal(['Metropolis', 'Mephisto']);
  });

  it('shows what is wrong with files, then imports them', async () => {
    await go('resources/watch_lists');
    await tab.page.getByRole('link', { name: 'Import' }).or(button('Import')).click();
    await pick('Movies', 'id,title,storyline,platform\n1,Ordet,,Lumière\n');
    await button('Check').click();
    await tab.page.getByText('1 fault was found.').waitFor();
    const row = tab.page.getByRole('row').filter({ hasText: 'storyline' });
    expect(await row.textContent()).to.equal('mine.csv2storylineThis field may not be blank.');
    expect(await button('Import now').count()).to.equal(0);
    await shoot('shows faults of a file');

    await pick(
      'Movies',
      'id,title,storyline,platform,year\n1,Ordet,A word.,Lumière,1955\n2,Arrival,They come.,Lumière,2016\n',
    );
    await button('Check').click();
    await tab.page.getByText('Nothing has been written yet.').waitFor();
    expect(await tab.page.getByRole('row').filter({ hasText: 'Movies' }).textContent()).to.equal('Movies111');
    await shoot('shows what an import would do');
    expect(await WatchList.count()).to.equal(3);
    await button('Import now').click();
    await tab.page.getByText('Imported.').waitFor();
    expect(await WatchList.count()).to.equal(4);
    expect(await WatchList.count({ where: { year: [1955, 2016] } })).to.equal(2);
    await tab.page.getByRole('link', { name: 'Back to the list' }).click();
    await tab.page.getByText('Ordet').waitFor();
  });
});
