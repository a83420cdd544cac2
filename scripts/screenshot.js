// Saves a picture of a running panel's list of movies, as the README shows it:
// node scripts/screenshot.js http://127.0.0.1:3000 USERNAME PASSWORD [docs/images/admin-movies.png] [resources/watch_lists]
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { chromium } from 'playwright-core';

const [origin, username, password, file = 'docs/images/admin-movies.png', path = 'resources/watch_lists'] =
  process.argv.slice(2);
if (!origin || !username || !password) {
  console.error('Usage: node scripts/screenshot.js ORIGIN USERNAME PASSWORD [FILE] [PATH]');
  process.exit(1);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await page.goto(`${origin}/admin/login`);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Dashboard').first().waitFor();
  await page.goto(`${origin}/admin/${path}`);
  await page.waitForLoadState('networkidle');
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file });
} finally {
  await browser.close();
}
