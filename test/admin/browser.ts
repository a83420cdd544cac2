import { type Browser, chromium, type Page } from 'playwright-core';
import { PASSWORD, type Panel } from './support.js';

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

/** Opens a page in a browser profile of its own. */
export async function visit(browser: Browser, panel: Panel, path = '/admin/'): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(panel.url) && !request.url().startsWith('data:'))
      faults.push(request.url());
  });
  await page.goto(panel.url + path);
  return { page, faults };
}

/** Fills the login form in. */
export async function logIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}
