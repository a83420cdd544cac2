import { expect } from 'chai';
import { givePoster, storePoster } from '../../../src/media/posters.js';
import { WatchList } from '../../../src/models/watch-list.js';
import { makeMovie } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';
import { anotherJpeg, jpeg } from '../../support/pictures.js';

describe('posters in a browser', function () {
  const tab = panelTab(this, 'admin');

  /** Whether a picture is there and was decoded. */
  const isShown = async (alt: string) => {
    const picture = tab.page.getByRole('img', { name: alt });
    await picture.scrollIntoViewIfNeeded();
    await tab.page.waitForFunction(
      (element) => (element as unknown as { naturalWidth: number }).naturalWidth > 0,
      await picture.elementHandle(),
    );
  };

  it('are dropped on the record’s page, seen, and taken off', async () => {
    const { id } = await makeMovie({ title: 'Heat' });
    await tab.go(`resources/watch_lists/records/${id}/show`);
    await tab.page.getByText('No poster').waitFor();
    const bytes = [...(await anotherJpeg())];
    const transfer = await tab.page.evaluateHandle((content) => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(content)], 'heat.jpg', { type: 'image/jpeg' }));
      return files;
    }, bytes);
    await tab.page.locator('.poster').dispatchEvent('drop', { dataTransfer: transfer });
    await tab.page.getByText('The poster is set.').waitFor();
    await isShown('Poster of Heat');
    await tab.shoot('poster on the record page');
    await tab.page.getByRole('button', { name: 'Take the poster off' }).click();
    await tab.page.getByText('The poster is taken off.').waitFor();
    await tab.page.getByText('No poster').waitFor();
    expect((await WatchList.findByPk(id))?.poster).to.equal(null);
  });

  it('are chosen on the form; what is no picture is told', async () => {
    const { id } = await makeMovie({ title: 'Heat' });
    await tab.go(`resources/watch_lists/records/${id}/edit`);
    const choose = tab.page.getByLabel('Choose a picture').and(tab.page.locator('input'));
    await choose.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg/>') });
    await tab.page.getByRole('alert').getByText('This is no JPEG').waitFor();
    // The browser reports the 415 itself.
    expect(tab.faults.splice(0).join()).to.include('415');
    await choose.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await anotherJpeg() });
    await tab.page.getByText('The poster is set.').waitFor();
    await isShown('Poster of Heat');
    await tab.shoot('poster on the form');
  });

  it('are small in the list', async () => {
    const colours = ['#802020', '#208040', '#203080'];
    for (const [index, colour] of colours.entries()) {
      const movie = await makeMovie({ title: `Film ${index}` });
      await givePoster(movie, await storePoster(await jpeg(colour)));
    }
    await makeMovie({ title: 'Bare' });
    await tab.go('resources/watch_lists');
    for (const index of colours.keys()) await isShown(`Poster of Film ${index}`);
    const first = tab.page.getByRole('img', { name: 'Poster of Film 0' });
    expect(await first.getAttribute('loading')).to.equal('lazy');
    expect(await first.boundingBox()).to.include({ width: 32, height: 48 });
    await tab.row('Bare').waitFor();
    await tab.shoot('posters in the list');
    await tab.page.setViewportSize({ width: 390, height: 844 });
    await tab.shoot('posters in the list at 390');
    await tab.go(`resources/watch_lists/records/${(await WatchList.findOne())?.id}/show`);
    await isShown('Poster of Film 0');
    await tab.shoot('poster at 390');
  });
});
