import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { makeMovie } from '../support/factories.js';
import type { Server } from '../support/server.js';
import { become, openPage, openWindow, startBrowser } from './browser.js';
import { makeMember, PanelClient, startPanel } from './support.js';

describe('admin panel’s look', function () {
  this.timeout(60_000);
  let panel: Server;
  let browser: Browser;
  let window: BrowserContext;
  let page: Page;
  let faults: string[];
  before(async () => {
    panel = await startPanel();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await panel.close();
  });
  beforeEach(async () => {
    window = await openWindow(browser);
    await become(window, await PanelClient.loggedIn(panel, await makeMember('admin')));
    ({ page, faults } = await openPage(window, panel));
  });
  afterEach(async () => {
    await window.close();
    expect(faults).to.deep.equal([]);
  });

  const go = (path: string) => page.goto(`${panel.url}/admin/${path}`);

  it('changes its language, and remembers it', async () => {
    await makeMovie({ title: 'Metropolis' });
    await go('resources/watch_lists');
    await page.getByRole('link', { name: 'Average rating' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Deutsch').click();
    await page.getByRole('link', { name: 'Durchschnitt' }).waitFor();
    await go('');
    await page.getByText('Übersicht').first().waitFor();
  });
});
