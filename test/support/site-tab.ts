import { expect } from 'chai';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
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

/** The site in a browser tab, for the tests of a suite. */
export class SiteTab {
  #opened!: Opened;

  constructor(private readonly options: TabOptions) {}

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

  async open(): Promise<void> {
    const {
      javaScript = true,
      width = 1366,
      height = 900,
      language = 'en-GB',
      colors = 'light',
    } = this.options;
    const settings: BrowserContextOptions = {
      javaScriptEnabled: javaScript,
      viewport: { width, height },
      locale: language,
      colorScheme: colors,
    };
    const window = await (await sharedBrowser()).newContext(settings);
    this.#opened = {
      window,
      ...(await openPage(window, { url: sharedUrl(), close: async () => undefined })),
    };
    if (javaScript) await this.page.addInitScript(countShifts);
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

  /** Closes the tab; expects no faults, and nothing that moved by itself. */
  async leave(test?: Mocha.Test): Promise<void> {
    await this.shoot(test?.title ?? '');
    const shift = this.options.javaScript === false ? 0 : await this.layoutShift().catch(() => 0);
    const faults = this.faults.splice(0);
    await this.window.close();
    expect(faults).to.deep.equal([]);
    expect(shift, 'cumulative layout shift').to.be.below(0.01);
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

/** Gives each test of a suite a tab of its own, with nobody signed in. */
export function siteTab(suite: Mocha.Suite, options: TabOptions = {}): SiteTab {
  suite.timeout(TEST_MS);
  const tab = new SiteTab(options);
  beforeEach(() => tab.open());
  afterEach(function leave() {
    return tab.leave(this.currentTest);
  });
  return tab;
}
