import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { runInside, startInside } from './sandbox.js';

const HEALTHY_WITHIN_MS = 60_000;
/** What a site may leave out. */
const OPTIONAL = new Set(['MEDIA_URL', 'SMTP_URL', 'MAIL_FROM']);

/** Values for what a place keeps secret. */
function secretsOf(place, { database, redis }) {
  const values = { DATABASE_URL: database, REDIS_URL: redis, PUBLIC_URL: 'https://movies.example.org' };
  const secrets = place.secrets.filter((name) => !OPTIONAL.has(name));
  return Object.fromEntries(
    secrets.map((name) => [name, name in values ? values[name] : randomBytes(24).toString('hex')]),
  );
}

/** Runs `work` with the address of a database that it has for itself. */
async function withDatabase(address, suffix, work) {
  const url = new URL(address);
  const name = `${url.pathname.slice(1)}_${suffix}`;
  url.pathname = '/';
  const server = await mysql.createConnection(url.href);
  try {
    await server.query('DROP DATABASE IF EXISTS ??', [name]);
    await server.query('CREATE DATABASE ?? CHARACTER SET utf8mb4', [name]);
    url.pathname = `/${name}`;
    return await work(url.href);
  } finally {
    await server.query('DROP DATABASE IF EXISTS ??', [name]);
    await server.end();
  }
}

/** Waits until the place's health check passes. */
async function healthy(url, path, child) {
  const until = performance.now() + HEALTHY_WITHIN_MS;
  while (performance.now() < until && child.exitCode === null) {
    const answer = await fetch(url + path).catch(() => null);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`${path} did not answer 200`);
}

/** An address that nobody else counts under. */
function someAddress() {
  return `2001:db8:${randomInt(0xffff).toString(16)}:${randomInt(0xffff).toString(16)}::1`;
}

/** Checks that requests count by the address that the place's proxies append, whatever a client sends. */
async function countsByClient(url, { forwarded }) {
  const left = async (sent, client) => {
    const chain = [...sent, client, ...Array.from({ length: forwarded - 1 }, () => '198.51.100.7')];
    const answer = await fetch(`${url}/watch/platformlist/`, {
      headers: { 'X-Forwarded-For': chain.join(', ') },
    });
    assert.equal(answer.status, 200);
    return Number(/r=(\d+)/.exec(answer.headers.get('RateLimit'))[1]);
  };
  const one = someAddress();
  const first = await left([], one);
  assert.equal(await left(['203.0.113.1'], one), first - 1, 'a client can write its own address');
  assert.equal(await left([], someAddress()), first, 'clients share a count');
}

/** Sends SIGTERM while a request runs: it must be answered, and the process must end in time with status 0. */
async function stopsInOrder(url, child, { stopSeconds }) {
  const body = JSON.stringify({ username: 'nobody', password: 'nothing-at-all' });
  const login = request(`${url}/account/login/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Length': body.length },
  });
  const answered = once(login, 'response');
  login.write(body.slice(0, 10));
  await sleep(300);
  const told = performance.now();
  child.kill('SIGTERM');
  await sleep(500);
  await assert.rejects(fetch(`${url}/healthz`), 'it takes new connections');
  login.end(body.slice(10));
  const [{ statusCode }] = await answered;
  assert.equal(statusCode, 400, 'the running request was not answered');
  if (child.exitCode === null) await once(child, 'exit');
  const seconds = (performance.now() - told) / 1_000;
  assert.equal(child.exitCode, 0, 'it did not stop in order');
  assert.ok(seconds < stopSeconds, `it took ${seconds} s to stop`);
  return seconds;
}

/**
 * Plays a place's start: the disk read-only but for /tmp, the image's user, the place's variables and port, its
 * migration, its health check, its proxies, and its end by SIGTERM.
 * @param {import('./places.js').Place} place
 * @param {{ app: string, user: { uid: number, gid: number } }} image
 * @param {{ database: string, redis?: string }} services
 * @returns {Promise<string>} what was seen
 * @throws {Error} where something is not as it must be
 */
export function rehearsePlace(place, image, { database, redis }) {
  return withDatabase(database, place.name.toLowerCase(), async (own) => {
    const environment = { ...place.environment, ...secretsOf(place, { database: own, redis: redis ?? '' }) };
    const inside = { ...image, environment };
    await runInside(inside, ['sh', '-c', 'touch /tmp/x && ! touch /app/x /data/x /x 2>/dev/null']);
    await runInside(inside, place.migrate);
    const child = startInside(inside, ['node', 'dist/src/main.js']);
    child.stdout.resume();
    const url = `http://127.0.0.1:${place.port}`;
    try {
      const started = performance.now();
      await healthy(url, place.health, child);
      const seconds = ((performance.now() - started) / 1_000).toFixed(1);
      assert.equal(statSync(`/proc/${child.pid}`).uid, image.user.uid);
      await healthy(url, '/readyz', child);
      for (const path of ['/', '/watch/watchlist/', '/admin/login'])
        assert.equal((await fetch(url + path)).status, 200, path);
      assert.equal((await fetch(`${url}/metrics`)).status, 401, '/metrics is open');
      await countsByClient(url, place);
      const stopped = (await stopsInOrder(url, child, place)).toFixed(1);
      return `${place.name}: ${place.health} after ${seconds} s on port ${place.port} as user ${image.user.uid}, stopped in ${stopped} of ${place.stopSeconds} s`;
    } finally {
      child.kill('SIGKILL');
    }
  });
}
