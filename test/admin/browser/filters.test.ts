import { expect } from 'chai';
import { makeMovie, makePlatform } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';

describe('admin panel: filters in a browser', function () {
  const tab = panelTab(this, 'admin', 'ada');

  it('include the day that is picked as the end, and say which filter cannot be read', async () => {
    const { id } = await makePlatform();
    // In the visitor's time zone, which is this process's.
    for (const [title, day] of [
      ['Arrival', 3],
      ['Mephisto', 4],
    ] as const) {
      await makeMovie({ title, platform_id: id, created: new Date(2026, 1, day, 21, 30) });
    }
    await tab.go('resources/watch_lists');
    await tab.page.getByText('Mephisto').waitFor();
    await tab.page.getByText('Filter', { exact: true }).first().click();
    const end = tab.page.locator('.react-datepicker__input-container input').nth(1);
    await end.fill('2026/02/03 00:00');
    await end.press('Enter');
    expect(await end.inputValue()).to.equal('2026/02/03 23:59');
    await tab.page.getByRole('button', { name: 'Apply changes' }).click();
    // The list is empty while it loads.
    await tab.page.getByText('Mephisto').waitFor({ state: 'detached' });
    await tab.row('Arrival').waitFor();
    expect(await tab.row('Mephisto').count()).to.equal(0);

    await tab.go('resources/watch_lists?filters.created~~to=2026-02-30');
    await tab.page.getByText('The filter "created" must be a day or a time').waitFor();
  });
});
