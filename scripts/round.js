// Starts Marquee with some Node.js on an embedded database of its own, and sends a short round of requests.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './build.js';

const STARTS_WITHIN_MS = 60_000;
const ADMIN = { username: 'chief', password: 'quiet-harbour-71' };

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** Sends a request and checks the answer's status. Gives its body. */
async function ask(url, method, path, status, { body, token } = {}) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Token ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  assert.equal(answer.status, status, `${method} ${path}: ${text.slice(0, 500)}`);
  return answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
}

async function requests(url) {
  await ask(url, 'GET', '/readyz', 200);
  const ana = { username: 'ana', password: 'correct-horse-7' };
  const { token } = await ask(url, 'POST', '/account/register/', 201, {
    body: { ...ana, email: 'ana@example.org', password2: ana.password },
  });
  await ask(url, 'POST', '/account/login/', 200, { body: ana });
  const admin = (await ask(url, 'POST', '/account/login/', 200, { body: ADMIN })).token;
  const platform = await ask(url, 'POST', '/watch/platformlist/', 201, {
    token: admin,
    body: { name: 'Round', about: 'Old films', website: 'https://round.example' },
  });
  const movie = await ask(url, 'POST', '/watch/watchlist/', 201, {
    token: admin,
    body: { title: 'The Quiet Orchard', storyline: 'A late harvest.', platform: platform.id },
  });
  await ask(url, 'POST', `/watch/${movie.id}/review-create/`, 201, { token, body: { rating: 4 } });
  await ask(url, 'POST', `/watch/${movie.id}/review-create/`, 400, { token, body: { rating: 5 } });
  const rated = await ask(url, 'GET', `/watch/watchlist/${movie.id}/`, 200);
  assert.deepEqual([rated.number_rating, rated.avg_rating], [1, 4]);
  const found = await ask(url, 'GET', '/watch/watchlist/?search=orchard', 200);
  assert.deepEqual(
    found.results.map(({ id }) => id),
    [movie.id],
  );
  assert.match(await ask(url, 'GET', '/admin/login', 200), /<html/);
  await ask(url, 'GET', '/docs/', 200);
}

/**
 * Runs a round.
 * @param node the path of a `node`
 * @returns what was seen, in a line
 * @throws {Error} with the server's log where an answer is wrong or it does not start or stop
 */
export async function round(node) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'marquee-round-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(node, ['dist/src/main.js'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: `sqlite:${join(folder, 'app.sqlite')}`,
      PORT: new URL(url).port,
      ADMIN_USERNAME: ADMIN.username,
      ADMIN_PASSWORD: ADMIN.password,
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text));
  const ended = once(child, 'exit');
  try {
    const begun = performance.now();
    while (!(await fetch(`${url}/healthz`).catch(() => null))?.ok) {
      assert.ok(child.exitCode === null && performance.now() - begun < STARTS_WITHIN_MS, 'it does not start');
      await sleep(50);
    }
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    await requests(url);
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null], 'SIGTERM ends it with status 0');
    const warning = /^.*\b\w*(?:Deprecation|Experimental)Warning\b.*$/m.exec(log);
    return `Node.js ${version}: started in ${seconds} s, answered and stopped${warning ? `; ${warning[0]}` : ''}`;
  } catch (error) {
    throw new Error(`Node.js ${version}: ${error.message}\n${log.slice(-4_000)}`, { cause: error });
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
