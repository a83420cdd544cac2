import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import type { User } from '../../src/models/user.js';
import { axeFindings } from './axe.js';
import { openPage, sharedBrowser, type Visit } from './browser.js';
import { sessionOf } from './site.js';
import { sharedUrl } from './server.js';

/** How a tab sees the site. */
export interface TabOptions {
  /** Whether scripts run. */
  javaScript?: boolean;
  width?: number;
  height?: number;
  language?: string;
  colors?: 'light' | 'dark';
}

type Opened = Visit & { window: BrowserContext };

/**
 * The tabs that all files share, by what a window cannot change. A new window for each test would start browser processes,
 * and load and compile all assets again: that takes more than most tests.
 */
const shared = new Map<string, Promise<Opened>>();

async function openTab(javaScript: boolean, language: string): Promise<Opened> {
  const browser = await sharedBrowser();
  const window = await browser.newContext({ javaScriptEnabled: javaScript, locale: language });
  const visit = await openPage(window, { url: sharedUrl(), close: async () => undefined });
  if (javaScript) await visit.page.addInitScript(countShifts);
  return { window, ...visit };
}

/** The site in a browser tab, for the tests of a suite. */
export class SiteTab {
  #opened!: Opened;
  readonly #options: Required<TabOptions>;

  constructor(options: TabOptions) {
    const usual = { javaScript: true, width: 1366, height: 900, language: 'en-GB', colors: 'light' } as const;
    this.#options = { ...usual, ...options };
  }

  get #key(): string {
    const { javaScript, language } = this.#options;
    return `${javaScript} ${language}`;
  }

  get page(): Page {
    return this.#opened.page;
  }

  get window(): BrowserContext {
    return this.#opened.window;
  }

  /** Console errors, script errors and requests to other hosts; a test removes those that it expects. */
  get faults(): string[] {
    return this.#opened.faults;
  }

  /** Opens the shared tab, unless an earlier test has, and sees the site as its options say. */
  async open(): Promise<void> {
    const { javaScript, width, height, language, colors } = this.#options;
    const opened = shared.get(this.#key) ?? openTab(javaScript, language);
    shared.set(this.#key, opened);
    this.#opened = await opened;
    await this.page.setViewportSize({ width, height });
    await this.page.emulateMedia({ colorScheme: colors });
  }

  /** Goes to a path. */
  readonly go = (path: string) => this.page.goto(`${sharedUrl()}${path}`);

  /** Gives the tab a session of the user. */
  async become(user: User): Promise<void> {
    const [name = '', value = ''] = (await sessionOf(user)).split('=');
    await this.window.addCookies([{ name, value, url: sharedUrl() }]);
  }

  /** What axe finds on the page, by all of its rules. */
  axeFindings(): Promise<string[]> {
    return axeFindings(this.page);
  }

  /** How far the parts of the page have moved by themselves: the cumulative layout shift. */
  layoutShift(): Promise<number> {
    return this.page.evaluate(() => (globalThis as unknown as { shift: number }).shift);
  }

  /** Whether the page is wider than the window. */
  isTooWide(): Promise<boolean> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
  }

  async shoot(name: string): Promise<void> {
    const folder = process.env.SCREENSHOTS;
    if (folder) await this.page.screenshot({ path: `${folder}/site-${name.replaceAll(' ', '-')}.png` });
  }

  /** Resets the tab for the next test; expects no faults, and nothing that moved by itself. */
  async leave(test?: Mocha.Test): Promise<void> {
    await this.shoot(test?.title ?? '');
    const shift = !this.#options.javaScript ? 0 : await this.layoutShift().catch(() => 0);
    const faults = this.faults.splice(0);
    if (test?.isFailed()) await this.#throwAway();
    else await this.#tidy();
    expect(faults).to.deep.equal([]);
    expect(shift, 'cumulative layout shift').to.be.below(0.01);
  }

  /** A failed test leaves the tab in an unknown state. */
  async #throwAway(): Promise<void> {
    shared.delete(this.#key);
    await this.window.close();
  }

  /** Goes to a plain page of the same origin, so that the browser keeps its process, and forgets what the test left. */
  async #tidy(): Promise<void> {
    const { page, window, faults } = this.#opened;
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    page.removeAllListeners('dialog');
    await page.goto(`${sharedUrl()}/healthz`);
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await window.clearCookies();
    await window.clearPermissions();
    // Requests that were cancelled when the page was left.
    faults.splice(0);
  }
}

/** Runs in the page: adds up what moves without the visitor's doing. */
function countShifts(): void {
  const target = globalThis as unknown as { shift: number };
  target.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[]) {
      if (!entry.hadRecentInput) target.shift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** How long a test in a browser may take, in milliseconds. */
const TEST_MS = 60_000;

/** Gives the tests of a suite a tab with nobody signed in, and nothing left of other tests. */
export function siteTab(suite: Mocha.Suite, options: TabOptions = {}): SiteTab {
  suite.timeout(TEST_MS);
  const tab = new SiteTab(options);
  beforeEach(() => tab.open());
  afterEach(function leave() {
    return tab.leave(this.currentTest);
  });
  return tab;
}
