import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { PASSWORD } from '../support/factories.js';
import { atTheEnd, type Server } from '../support/server.js';
import type { PanelClient } from './support.js';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser that `CHROMIUM_PATH` names, or Debian's. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page of the panel, and all that went wrong on it. */
export interface Visit {
  page: Page;
  /** Errors of its scripts and in its console, and requests to other hosts. */
  faults: string[];
}

/** A window of that browser; its pages share cache and cookies. */
export function openWindow(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
}

let shared: Promise<BrowserContext> | undefined;

/** The window that all files share, so that the panel's scripts are loaded once; its pages share cache and cookies. */
export function sharedWindow(): Promise<BrowserContext> {
  shared ??= (async () => {
    const browser = await startBrowser();
    atTheEnd(() => browser.close());
    return openWindow(browser);
  })();
  return shared;
}

/** Gives a window a client's login, or none. */
export async function become(window: BrowserContext, client?: PanelClient): Promise<void> {
  await window.clearCookies();
  const [name, value] = client?.cookie.split('=') ?? [];
  if (name && value) await window.addCookies([{ name, value, domain: '127.0.0.1', path: '/admin' }]);
}

/** Opens an empty page that notes all that goes wrong on it, requests to other hosts too. */
export async function openPage(window: BrowserContext, panel: Server): Promise<Visit> {
  const page = await window.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(panel.url) && !request.url().startsWith('data:'))
      faults.push(request.url());
  });
  return { page, faults };
}

/** Fills the login form in. */
export async function logIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}
