import { expect } from 'chai';
import { User } from '../../../src/models/user.js';
import { axeFindings } from '../../support/axe.js';
import { makeMovie, makeReview, makeUser } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';
import { PanelClient } from '../../support/panel.js';

describe('admin panel’s look', function () {
  const tab = panelTab(this, 'admin', 'ada');
  const { go, row } = tab;
  beforeEach(async () => {
    const movie = await makeMovie({ title: 'Metropolis' });
    await makeReview({ watchlist_id: movie.id, rating: 4, description: 'Machines.' });
    await makeReview({ watchlist_id: movie.id, rating: 1, description: 'Noise.', active: false });
  });

  const background = () =>
    tab.page.evaluate(() => {
      const box = document.querySelector('[data-css="sidebar"]') ?? document.querySelector('.login form');
      return box && getComputedStyle(box).backgroundColor;
    });

  it('changes its language, and remembers it', async () => {
    await go('resources/watch_lists');
    await tab.page.getByRole('link', { name: 'Average rating' }).waitFor();
    await tab.page.getByLabel('Language').selectOption('Deutsch');
    await tab.page.getByRole('link', { name: 'Durchschnitt' }).waitFor();
    expect(await tab.page.locator('html').getAttribute('lang')).to.equal('de');
    await go('');
    await tab.page.getByRole('heading', { name: 'Übersicht' }).waitFor();
    await tab.become();
    await go('login');
    await tab.page.getByLabel('Benutzername').fill('ada');
    await tab.page.getByLabel('Passwort').fill('wrong');
    await tab.page.getByRole('button', { name: 'Anmelden' }).click();
    await tab.page.getByText('Bitte Benutzername und Passwort').waitFor();
    // The browser reports the 401 itself.
    expect(tab.faults.splice(0).join()).to.include('401');
    await tab.become(
      await PanelClient.loggedIn(tab.panel, (await User.findOne({ where: { username: 'ada' } })) as User),
    );
    const { id } = await makeUser();
    await go(`resources/users/records/${id}/endLogins`);
    await tab.page
      .getByRole('navigation', { name: 'Wo Sie sind' })
      .getByText('Alle Sitzungen und Tokens beenden')
      .waitFor();
  });

  it('follows the system’s theme until the user chooses one', async () => {
    await tab.page.emulateMedia({ colorScheme: 'dark' });
    await go('');
    await tab.page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    expect(await background()).to.equal('rgb(21, 24, 33)');
    await tab.page.emulateMedia({ colorScheme: 'light' });
    await tab.page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
    await tab.page.getByLabel('Theme').selectOption('Dark');
    await tab.page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    expect(await background()).to.equal('rgb(21, 24, 33)');
    await tab.become();
    await go('login');
    await tab.page.getByLabel('Username').waitFor();
    expect(await background()).to.equal('rgb(25, 28, 38)');
  });

  it('links each figure to its records', async () => {
    const day = new Date().toISOString().slice(0, 10);
    const links: [name: string | RegExp, filter: string, rows: number][] = [
      ['1 Movies', '', 1],
      ['2 Reviews', '', 2],
      ['1 Hidden reviews', 'active=false', 1],
      [/^4 stars: 1 reviews, 100 %/, 'rating=4', 1],
      [/: 2 reviews$/, day, 2],
      ['Show all: Best rated', 'sortBy=weighted_rating', 1],
    ];
    await go('');
    for (const [name, filter, rows] of links) {
      await tab.page.getByRole('link', { name, exact: true }).click();
      await tab.page.getByRole('heading', { name: new RegExp(`${rows}$`) }).waitFor();
      expect(decodeURIComponent(tab.page.url())).to.include(filter);
      expect(await tab.page.locator('tbody tr').count(), String(name)).to.equal(rows);
      await tab.page.goBack();
    }
    await tab.page.getByRole('link', { name: 'Metropolis' }).first().click();
    await tab.page.getByText('Machines.').or(tab.page.getByText('Noise.')).first().waitFor();
  });

  it('plots with axes and shows a tooltip', async () => {
    await go('');
    const days = tab.page.getByRole('group', { name: 'Reviews per day' });
    await days.getByRole('link').last().hover();
    await days.locator('.plot-tip').waitFor();
    expect(await days.locator('.plot-tip').textContent()).to.match(/: 2 reviews$/);
    expect(await days.locator('.plot-mark').allTextContents()).to.include.members(['0', '1', '2']);
    const ratings = tab.page.getByRole('group', { name: 'Ratings' });
    expect(await ratings.locator('.plot-mark').allTextContents()).to.include.members(['0', '1', '100 %']);
  });

  it('shows times in the user’s locale, with their time zone', async () => {
    await go('resources/watch_lists');
    const time = row('Metropolis').locator('time');
    expect(await time.textContent()).to.match(/^\d+ \w+ \d{4}, \d\d:\d\d$/);
    expect(await time.getAttribute('title')).to.match(/\d\d:\d\d:\d\d (UTC|GMT|[A-Z])/);
  });

  it('shows help for the fields', async () => {
    await go('resources/watch_lists/actions/new');
    await tab.page.getByText('Where it can be watched. Type to search.').waitFor();
  });

  it('is accessible: axe finds nothing', async () => {
    const found = [];
    for (const path of [
      'resources/watch_lists',
      'resources/reviews',
      'resources/watch_lists/actions/new',
      '',
    ]) {
      await go(path);
      await tab.page.locator('tbody tr, form, .tiles').first().waitFor();
      found.push(...(await violations(path)));
    }
    await tab.become();
    await go('login');
    await tab.page.getByLabel('Username').waitFor();
    found.push(...(await violations('login')));
    expect(found).to.deep.equal([]);
  });

  it('has enough contrast in the dark theme, and its lists fit a narrow screen', async () => {
    await tab.page.emulateMedia({ colorScheme: 'dark' });
    await tab.page.setViewportSize({ width: 1024, height: 768 });
    const found = [];
    for (const path of ['', 'resources/reviews']) {
      await go(path);
      await tab.page.locator('tbody tr, .tiles').first().waitFor();
      found.push(...(await violations(path, ['color-contrast'])));
    }
    const cut = await tab.page
      .locator('[data-css$="-table-wrapper"]')
      .evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(cut).to.equal(0);
    expect(found).to.deep.equal([]);
  });

  /** What axe finds on the page; by all of its rules, or by these. */
  async function violations(path: string, rules?: string[]): Promise<string[]> {
    // The accessible names of new elements are set in the next frame.
    await tab.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
    );
    return (await axeFindings(tab.page, rules)).map((finding) => `${path}: ${finding}`);
  }

  it('reloads a page of an older build', async () => {
    const response = await tab.page.request.get(
      `${tab.panel.url}/admin/frontend/assets/components.bundle.0123456789abcdef.js`,
    );
    expect(response.headers()['cache-control']).to.equal('no-cache');
    let first = true;
    await tab.page.route(/\/admin$/, async (route) => {
      if (!first) return route.fallback();
      first = false;
      const original = await route.fetch();
      const old = (await original.text()).replaceAll(
        /bundle\.[0-9a-f]{16}\.js/g,
        'bundle.0123456789abcdef.js',
      );
      return route.fulfill({ response: original, body: old });
    });
    await tab.page.goto(`${tab.panel.url}/admin`);
    await tab.page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    expect(first).to.equal(false);
    // Errors of the old page's scripts, from before it reloaded.
    tab.faults.splice(0);
  });
});
