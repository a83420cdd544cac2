// `npm run screenshots`: starts a server on a new database with the demo catalogue, and saves the screenshots of the site
// and the panel for the README.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { ROOT } from './build.js';
import { ensureBuilt } from './ensure-built.js';

const FOLDER = process.env.SCREENSHOTS ?? join(ROOT, 'docs', 'images');
/** The name, page, width and theme of each screenshot of the site. */
const SITE = [
  ['home', '', 1366, 'light'],
  ['movie', 'movies/40', 1366, 'light'],
  ['movies', 'movies', 1366, 'dark'],
  ['phone', 'movies/40', 390, 'dark'],
];
/** The name, page and theme of each screenshot of the panel; the theme is light by default. */
const PAGES = [
  ['dashboard', ''],
  ['movies', 'resources/watch_lists'],
  ['movie', 'resources/watch_lists/records/40/show'],
  ['queue', 'resources/moderation_queue'],
  ['audit', 'resources/audit_log'],
  ['dashboard', '', 'dark'],
];
const SIZE = { width: 1440, height: 900 };
const LARGEST_BYTES = 150_000;

ensureBuilt();
const folder = mkdtempSync(join(tmpdir(), 'marquee-screenshots-'));
const port = await freePort();
const environment = {
  ...process.env,
  DATABASE_URL: `sqlite:${join(folder, 'demo.sqlite')}`,
  PORT: String(port),
  HOST: '127.0.0.1',
  ADMIN_USERNAME: 'admin',
  ADMIN_PASSWORD: randomBytes(18).toString('base64url'),
  LOG_LEVEL: 'silent',
};
const cli = (command) =>
  execFileSync('npx', ['sequelize-cli', command], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'ignore', 2],
  });
cli('db:migrate');
cli('db:seed:all');
const server = spawn(process.execPath, [join(ROOT, 'dist', 'src', 'main.js')], {
  cwd: ROOT,
  env: environment,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  mkdirSync(FOLDER, { recursive: true });
  await waitForStart();
  await waitForPosters();
  for (const picture of SITE) await takeSite(...picture);
  await makeReports();
  await makeChanges();
  const context = await browser.newContext({ viewport: SIZE, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  await page.goto(address('login'));
  await page.getByLabel('Username').fill(environment.ADMIN_USERNAME);
  await page.getByLabel('Password').fill(environment.ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  for (const [name, path, theme = 'light'] of PAGES) await take(page, name, path, theme);
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function takeSite(name, path, width, colorScheme) {
  const viewport = { width, height: SIZE.height };
  const context = await browser.newContext({
    viewport,
    locale: 'en-GB',
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/${path}`);
  await page.waitForLoadState('networkidle');
  await save(page, `site-${name}`);
  await context.close();
}

async function take(page, name, path, theme) {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.goto(address(path));
  await page.waitForLoadState('networkidle');
  await save(page, `admin-${name}${theme === 'light' ? '' : `-${theme}`}`);
}

async function save(page, name) {
  const file = join(FOLDER, `${name}.png`);
  const picture = await page.screenshot();
  // A palette of 256 colours: a third of the bytes.
  await sharp(picture).png({ palette: true, effort: 10 }).toFile(file);
  const { size } = statSync(file);
  console.log(`${file}: ${Math.round(size / 1_000)} kB`);
  if (size > LARGEST_BYTES) throw new Error(`${file} is larger than ${LARGEST_BYTES / 1_000} kB`);
}

/** Fills the moderation queue, since the demo catalogue has no reports. */
async function makeReports() {
  const reasons = [
    ['Gives the ending away without a warning.', [12, 40]],
    ['Insults the director, and not the film.', [40, 77]],
    ['Looks like an advertisement.', [40, 103]],
  ];
  for (const [index, [reason, reviews]] of reasons.entries()) {
    const username = `reporter${index}`;
    const password = randomBytes(18).toString('base64url');
    const { token } = await post('account/register', {
      username,
      email: `${username}@example.org`,
      password,
      password2: password,
    });
    for (const review of reviews) await post(`watch/review/${review}/report`, { reason }, token);
  }
}

/** Fills the audit log, which does not hold the seeding. */
async function makeChanges() {
  const { token } = await post('account/login', {
    username: environment.ADMIN_USERNAME,
    password: environment.ADMIN_PASSWORD,
  });
  const { id } = await post(
    'watch/platformlist',
    { name: 'Matinee', about: 'Films for the early afternoon.', website: 'https://matinee.example.org' },
    token,
  );
  await post(
    'watch/watchlist',
    { title: 'The Long Interval', storyline: 'Nobody comes back.', platform: id },
    token,
  );
  for (const movie of [3, 17, 40]) await send('PATCH', `watch/watchlist/${movie}`, { active: false }, token);
  await send('PATCH', 'watch/watchlist/40', { active: true, platform: id }, token);
  await send('PATCH', 'watch/review/25', { rating: 3, spoiler: true }, token);
  await send('PATCH', 'watch/review/61', { description: 'Well acted, and a little long.' }, token);
  await send('DELETE', 'watch/watchlist/12', undefined, token);
  await send(
    'PATCH',
    `watch/platformlist/${id}`,
    { about: 'Films for the early afternoon, with tea.' },
    token,
  );
}

function post(path, body, token) {
  return send('POST', path, body, token);
}

async function send(method, path, body, token) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Token ${token}` }) };
  const request = { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`http://127.0.0.1:${port}/${path}/`, request);
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}

function address(path) {
  return `http://127.0.0.1:${port}/admin/${path}`;
}

async function waitForStart() {
  for (;;) {
    if (server.exitCode !== null) throw new Error('The server did not start');
    const up = await fetch(address('login')).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}

/** Waits until the server, which draws the posters in the background, has drawn none for some seconds. */
async function waitForPosters(before = 0, quietSeconds = 0) {
  const answer = await fetch(`http://127.0.0.1:${port}/watch/watchlist/?page_size=100`);
  const { results } = await answer.json();
  const drawn = results.filter(({ poster }) => poster).length;
  if (drawn > 0 && drawn === before && quietSeconds === 3) return;
  await new Promise((resolve) => {
    setTimeout(resolve, 1_000);
  });
  await waitForPosters(drawn, drawn === before ? quietSeconds + 1 : 0);
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
