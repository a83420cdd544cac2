import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { PASSWORD } from './factories.js';
import { atTheEnd, type Server } from './server.js';

/** What Chromium would do beside showing pages. Playwright's own list is replaced by this one, which repeats it. */
const LEFT_OUT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  // Pages of its own below the address bar: they take part in each navigation, a third of its processor time.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  // A process for each window, in case that another is opened.
  'SpareRendererForSitePerProcess',
  // A new frame for each document.
  'RenderDocument',
];

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--in-process-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${LEFT_OUT.join(',')}`,
];

/** Debian's browsers; the one without a user interface takes half the processor time. */
const PATHS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Starts the browser that `CHROMIUM_PATH` names, or Debian's. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? PATHS.find(existsSync) ?? PATHS.at(-1);
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page of the panel, and its faults. */
export interface Visit {
  page: Page;
  /** Script errors, console errors, and requests to other hosts. */
  faults: string[];
}

/** The size of a window. */
export const VIEWPORT = { width: 1440, height: 900 };

/** Opens a window; its pages share cache and cookies. */
export function openWindow(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: VIEWPORT, locale: 'en-GB' });
}

let shared: Promise<Browser> | undefined;

/** The browser that all files share: the first caller starts it, and it is closed after the last test. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= (async () => {
    const browser = await startBrowser();
    atTheEnd(() => browser.close());
    return browser;
  })();
  return shared;
}

/** Opens an empty page that records its faults. */
export async function openPage(window: BrowserContext, panel: Server): Promise<Visit> {
  const page = await window.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    // The browser requests it at some time for the plain page that a test ends on.
    if (url === `${panel.url}/favicon.ico`) return;
    if (message.type() === 'error') faults.push(`${message.text()} ${url}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(panel.url) && !request.url().startsWith('data:'))
      faults.push(request.url());
  });
  return { page, faults };
}

/** Fills in the login form and sends it. */
export async function logIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}
