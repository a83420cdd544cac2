import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import type { Role } from '../../src/models/user.js';
import type { Server } from './server.js';
import { openPage, openWindow, sharedBrowser, type Visit, VIEWPORT } from './browser.js';
import { makeMember, PanelClient, sharedPanel } from './panel.js';

/** A page that is open, and the window it is in. */
type Opened = Visit & { window: BrowserContext };

/**
 * The page that all files share. A new one for each test would be a new process of the browser, which reads the panel's
 * scripts anew: that takes more than twice the time of a test.
 */
let shared: Promise<Opened> | undefined;

async function open(panel: Server): Promise<Opened> {
  const window = await openWindow(await sharedBrowser());
  return { window, ...(await openPage(window, panel)) };
}

/** The panel in a browser's tab, as the tests of a suite visit it. */
export class PanelTab {
  panel!: Server;
  #opened!: Opened;

  get page(): Page {
    return this.#opened.page;
  }

  /** What goes wrong on the page; a test takes out what it expects. */
  get faults(): string[] {
    return this.#opened.faults;
  }

  /** Opens it, where no test before has. */
  async open(): Promise<void> {
    this.panel = await sharedPanel();
    this.#opened = await (shared ??= open(this.panel));
  }

  /** Gives it a client's login, or none. */
  async become(client?: PanelClient): Promise<void> {
    const { window } = this.#opened;
    await window.clearCookies();
    const [name, value] = client?.cookie.split('=') ?? [];
    if (name && value) await window.addCookies([{ name, value, domain: '127.0.0.1', path: '/admin' }]);
  }

  /** Logs a new user of that role in. */
  async enter(role: Role, username?: string): Promise<void> {
    await this.become(await PanelClient.loggedIn(this.panel, await makeMember(role, username)));
  }

  /** Goes to an address below `/admin/`. */
  readonly go = (path: string) => this.page.goto(`${this.panel.url}/admin/${path}`);

  /** The rows of a table that have this text. */
  readonly row = (text: string) => this.page.getByRole('row').filter({ hasText: text });

  /** Keeps a picture of the page in the folder that SCREENSHOTS names, if it does. */
  readonly shoot = async (name: string) => {
    const folder = process.env.SCREENSHOTS;
    if (folder) await this.page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}.png` });
  };

  /** Leaves nothing of a test to the next one; expects that nothing went wrong. */
  async leave(test?: Mocha.Test): Promise<void> {
    await this.shoot(test?.title ?? '');
    const faults = this.faults.splice(0);
    if (test?.isFailed()) await this.#throwAway();
    else await this.#tidy();
    expect(faults).to.deep.equal([]);
  }

  /** Nobody knows what state a test that failed has left the page in. */
  async #throwAway(): Promise<void> {
    shared = undefined;
    await this.#opened.window.close();
  }

  /** Goes to a plain page of the same origin, so that the browser keeps the process, and forgets what was set. */
  async #tidy(): Promise<void> {
    const { page, faults } = this.#opened;
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.goto(`${this.panel.url}/healthz`);
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(VIEWPORT);
    // Requests that the page had under way when it was left.
    faults.splice(0);
  }
}

/** How long a test in a browser may take, in milliseconds. */
const TEST_MS = 60_000;

/**
 * Gives the tests of a suite the panel in a tab. Before each test a new user logs in where `role` names one.
 * @param suite the suite that calls it
 */
export function panelTab(suite: Mocha.Suite, role?: Role, username?: string): PanelTab {
  suite.timeout(TEST_MS);
  const tab = new PanelTab();
  beforeEach(async () => {
    await tab.open();
    await (role ? tab.enter(role, username) : tab.become());
  });
  afterEach(function leave() {
    return tab.leave(this.currentTest);
  });
  return tab;
}
