import { expect } from 'chai';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort, start, type Started } from '../support/processes.js';
import { migratedDatabase } from '../support/scratch-database.js';
import { addCatalogue } from '../support/scratch-rows.js';

describe('npm start', () => {
  let folder: string;
  let url: string;
  let env: Record<string, string>;
  let running: Started | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'marquee-start-'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    env = {
      DATABASE_URL: `sqlite:${join(folder, 'deep', 'app.sqlite')}`,
      PORT: String(port),
      LOG_LEVEL: 'info',
    };
  });

  afterEach(async () => {
    running?.child.kill('SIGKILL');
    await running?.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  async function serve(): Promise<Started> {
    const started = start('src/main.js', env);
    running = started;
    await eventually(started, async () => (await fetch(`${url}/readyz`)).ok || undefined);
    return started;
  }

  async function json(path: string, body?: unknown) {
    const response = await fetch(url + path, {
      ...(body !== undefined && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      }),
    });
    return { status: response.status, body: await response.json() };
  }

  it('makes an empty embedded database, a demo catalogue and an admin; stops on SIGTERM; starts again', async function test() {
    this.timeout(60_000);
    const first = await serve();
    expect(existsSync(join(folder, 'deep', 'app.sqlite'))).to.equal(true);
    expect(statSync(join(folder, 'deep')).mode & 0o777).to.equal(0o700);
    for (const name of readdirSync(join(folder, 'deep'))) {
      expect(statSync(join(folder, 'deep', name)).mode & 0o777, name).to.equal(0o600);
    }
    // The first request to the panel waits until it is loaded.
    expect((await fetch(`${url}/admin/login`)).status).to.equal(200);
    const movies = await json('/watch/watchlist/');
    expect(movies.body.count).to.be.at.least(60);
    expect((await json('/watch/platformlist/')).body.count).to.be.at.least(6);
    // They are drawn in the background.
    await eventually(first, async () => {
      const { results } = (await json('/watch/watchlist/')).body;
      return results.some(({ poster }: { poster: object | null }) => poster) || undefined;
    });
    const best = await json('/watch/watchlist/?ordering=-number_rating');
    expect(best.body.results[0].number_rating).to.be.above(0);

    const password = /password:?\s+(\S+)/i.exec(first.output())?.[1] ?? '';
    const login = await json('/account/login/', { username: 'admin', password });
    expect(login.status, first.output()).to.equal(200);
    const me = await fetch(`${url}/account/me/`, { headers: { Authorization: `Token ${login.body.token}` } });
    expect(await me.json()).to.include({ username: 'admin', role: 'admin' });
    expect(first.output().split(password)).to.have.length(2);

    first.child.kill('SIGTERM');
    expect(await first.ended).to.equal(0);

    const second = await serve();
    expect(second.output()).not.to.match(/password/i);
    expect((await json('/watch/watchlist/')).body.count, 'no demo on top of data').to.equal(
      movies.body.count,
    );
    expect((await json('/account/login/', { username: 'admin', password })).status).to.equal(200);

    second.child.kill('SIGINT');
    expect(await second.ended).to.equal(0);
    for (const file of readdirSync(join(folder, 'deep'))) {
      expect(readFileSync(join(folder, 'deep', file), 'latin1'), file).not.to.include(password);
      expect(readFileSync(join(folder, 'deep', file), 'latin1'), file).not.to.include(login.body.token);
    }
  });

  it('takes ADMIN_USERNAME and ADMIN_PASSWORD, logs requests as JSON lines without secrets; after SIGTERM finishes a running request and accepts no new connection', async function test() {
    this.timeout(60_000);
    const database = await migratedDatabase('start');
    try {
      // With a movie there is no demo catalogue, whose posters would be drawn.
      await addCatalogue(database);
      env = {
        ...env,
        DATABASE_URL: database.url,
        ADMIN_USERNAME: 'chief',
        ADMIN_PASSWORD: 'quiet-harbour-71',
      };
      const started = await serve();
      await expectFirstAdminInLog(started);
      await expectDrained(started);
    } finally {
      running?.child.kill('SIGKILL');
      await running?.ended;
      await database.close();
    }
  });

  async function expectFirstAdminInLog(started: Started): Promise<void> {
    const login = await json('/account/login/', { username: 'chief', password: 'quiet-harbour-71' });
    expect(login.status).to.equal(200);
    await json('/account/login/', { username: 'nobody', password: 'open-sesame' });
    const response = await fetch(`${url}/watch/`, {
      headers: { Authorization: `Token ${login.body.token}` },
    });
    const id = response.headers.get('x-request-id') as string;
    const line = await eventually(started, () =>
      started
        .output()
        .split('\n')
        .find((text) => text.includes(id)),
    );
    expect(JSON.parse(line)).to.be.an('object');
    for (const secret of ['quiet-harbour-71', 'open-sesame', login.body.token]) {
      expect(started.output()).not.to.include(secret);
    }
  }

  async function expectDrained(started: Started): Promise<void> {
    const body = JSON.stringify({ username: 'nobody', password: 'x' });
    const socket = connect(Number(env.PORT), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
    });
    const closed = new Promise((resolve) => {
      socket.on('close', resolve);
    });
    // The request has begun, but its body has not been sent.
    socket.write(
      `POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    );
    await eventually(started, async () => (await fetch(`${url}/healthz`)).ok || undefined);
    started.child.kill('SIGTERM');
    await eventually(started, async () => {
      try {
        await fetch(`${url}/healthz`);
        return undefined;
      } catch {
        return 'refused';
      }
    });
    socket.write(body.slice(5));
    await closed;
    expect(answer)
      .to.match(/^HTTP\/1\.1 400 /)
      .and.include('Unable to log in');
    expect(await started.ended).to.equal(0);
  }
});
