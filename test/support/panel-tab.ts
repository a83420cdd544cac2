import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import type { Role } from '../../src/models/user.js';
import type { Server } from './server.js';
import { openPage, openWindow, sharedBrowser, type Visit, VIEWPORT } from './browser.js';
import { makeMember, PanelClient, sharedPanel } from './panel.js';

/** A page that is open, and the window it is in. */
type Opened = Visit & { window: BrowserContext };

/**
 * The page that all files share. A new page for each test would start a browser process, which compiles the panel's
 * scripts again: that takes more than twice the time of a test.
 */
let shared: Promise<Opened> | undefined;

async function open(panel: Server): Promise<Opened> {
  const window = await openWindow(await sharedBrowser());
  return { window, ...(await openPage(window, panel)) };
}

/** The panel in a browser tab, for the tests of a suite. */
export class PanelTab {
  panel!: Server;
  #opened!: Opened;

  get page(): Page {
    return this.#opened.page;
  }

  /** The page's faults; a test removes those that it expects. */
  get faults(): string[] {
    return this.#opened.faults;
  }

  /** Opens the shared page, unless an earlier test has. */
  async open(): Promise<void> {
    this.panel = await sharedPanel();
    this.#opened = await (shared ??= open(this.panel));
  }

  /** Takes over a client's login, or logs out. */
  async become(client?: PanelClient): Promise<void> {
    const { window } = this.#opened;
    await window.clearCookies();
    const [name, value] = client?.cookie.split('=') ?? [];
    if (name && value) await window.addCookies([{ name, value, domain: '127.0.0.1', path: '/admin' }]);
  }

  /** Logs in a new user of that role. */
  async enter(role: Role, username?: string): Promise<void> {
    await this.become(await PanelClient.loggedIn(this.panel, await makeMember(role, username)));
  }

  /** Goes to an address below `/admin/`. */
  readonly go = (path: string) => this.page.goto(`${this.panel.url}/admin/${path}`);

  /** The table rows with this text. */
  readonly row = (text: string) => this.page.getByRole('row').filter({ hasText: text });

  /** Saves a screenshot to the folder that SCREENSHOTS names, if any. */
  readonly shoot = async (name: string) => {
    const folder = process.env.SCREENSHOTS;
    if (folder) await this.page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}.png` });
  };

  /** Resets the page for the next test; expects no faults. */
  async leave(test?: Mocha.Test): Promise<void> {
    await this.shoot(test?.title ?? '');
    const faults = this.faults.splice(0);
    if (test?.isFailed()) await this.#throwAway();
    else await this.#tidy();
    expect(faults).to.deep.equal([]);
  }

  /** A failed test leaves the page in an unknown state. */
  async #throwAway(): Promise<void> {
    shared = undefined;
    await this.#opened.window.close();
  }

  /** Goes to a plain page of the same origin, so that the browser keeps its process, and resets the settings. */
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
    // Requests that were cancelled when the page was left.
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
