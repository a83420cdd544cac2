import { expect } from 'chai';
import { WatchList } from '../../../src/models/watch-list.js';
import { makeMovie, makePlatform } from '../../support/factories.js';
import { siteTab } from '../../support/site-tab.js';

const SUGGEST = '**/watch/suggest/*';

/** Makes movies with a word in common. */
async function makeTitles(): Promise<void> {
  const { id: platform_id } = await makePlatform({ name: 'Lumen' });
  const titles = ['Heat', 'Heat Wave', '<img src=x onerror=alert(1)> Heat', 'قصة Heat'];
  await WatchList.bulkCreate(titles.map((title) => ({ title, storyline: 'x', platform_id, year: 1995 })));
}

describe('suggestions in a browser', function suite() {
  const tab = siteTab(this);
  const field = () => tab.page.getByRole('combobox', { name: 'Search movies' });
  const list = () => tab.page.getByRole('listbox', { name: 'Suggestions' });
  const option = (name: string) => list().getByRole('option', { name });

  it('lead to a film by keyboard alone', async () => {
    await makeTitles();
    const { keyboard } = tab.page;
    await tab.go('/movies');
    await field().focus();
    await keyboard.type('heat');
    await list().waitFor();
    expect(await field().getAttribute('aria-expanded')).to.equal('true');
    expect(await list().getByRole('option').count()).to.equal(4);
    expect(await option('Heat 1995 · Lumen').first().isVisible()).to.equal(true);
    expect(await tab.page.getByRole('status').last().textContent()).to.include('Suggestions: 4.');
    expect(await tab.axeFindings()).to.deep.equal([]);
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    const active = await field().getAttribute('aria-activedescendant');
    expect(await tab.page.locator(`#${active}`).getAttribute('aria-selected')).to.equal('true');
    // Up from the first is the field itself, and once more the last.
    for (let step = 0; step < 3; step += 1) await keyboard.press('ArrowUp');
    expect(await field().getAttribute('aria-activedescendant')).to.equal('suggestions-3');
    await keyboard.press('Escape');
    expect(await list().isVisible()).to.equal(false);
    expect(await field().inputValue()).to.equal('heat');
    await keyboard.press('ArrowDown');
    await list().waitFor();
    await keyboard.press('ArrowDown');
    await tab.page.route('**/movies/*/*', (route) => route.fulfill({ body: 'film' }));
    await keyboard.press('Enter');
    await tab.page.waitForURL(/\/movies\/\d+\/heat$/);
  });

  it('are chosen by a press, and do not keep one from searching', async () => {
    await makeTitles();
    await tab.go('/');
    await field().fill('hea');
    await tab.page.route('**/movies/*/*', (route) => route.fulfill({ body: 'film' }));
    await option('Heat Wave').click();
    await tab.page.waitForURL(/\/movies\/\d+\/heat-wave$/);
    await tab.go('/');
    await field().fill('hea');
    await list().waitFor();
    await field().press('Enter');
    await tab.page.waitForURL('**/search?q=hea');
  });

  it('are of what was typed last', async () => {
    await makeTitles();
    await makeMovie({ title: 'Cold' });
    let asked = 0;
    await tab.page.route(SUGGEST, async (route) => {
      asked += 1;
      // The first answer would come after the second.
      if (route.request().url().endsWith('q=he')) await new Promise((resolve) => setTimeout(resolve, 600));
      await route.continue().catch(() => undefined);
    });
    await tab.go('/');
    await field().fill('he');
    await tab.page.waitForRequest(SUGGEST);
    await field().fill('col');
    await option('Cold').waitFor();
    await tab.page.waitForTimeout(700);
    expect(await list().getByRole('option').allTextContents()).to.have.lengthOf(1);
    expect(asked).to.equal(2);
    await field().fill('');
    expect(await list().isVisible()).to.equal(false);
  });

  it('hide in silence where the API refuses or is away', async () => {
    await makeTitles();
    await tab.go('/');
    await field().fill('heat');
    await list().waitFor();
    await tab.page.route(SUGGEST, (route) =>
      route.fulfill({ status: 429, headers: { 'Retry-After': '60' }, json: { detail: 'Throttled.' } }),
    );
    await field().fill('heat w');
    await list().waitFor({ state: 'hidden' });
    expect(tab.faults.splice(0)).to.have.lengthOf(1);
    // For as long as the API asks, nothing more is sent.
    await field().fill('heat wa');
    await tab.page.waitForTimeout(400);
    expect(tab.faults).to.deep.equal([]);
    await tab.go('/');
    await tab.page.unroute(SUGGEST);
    await tab.page.route(SUGGEST, (route) => route.abort());
    await field().fill('heat');
    await tab.page.waitForTimeout(400);
    expect(await list().isVisible()).to.equal(false);
    await field().press('Enter');
    await tab.page.waitForURL('**/search?q=heat');
    tab.faults.splice(0);
  });
});
