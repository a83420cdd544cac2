import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { ConnectionError } from 'sequelize';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { User } from '../../src/models/user.js';
import { anonymous, asAdmin, Client } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { expectDetail } from '../support/refusals.js';
import { withServer } from '../support/server.js';

function count(route: string, method: string, status: number): string {
  return `http_request_duration_seconds_count{route="${route}",method="${method}",status="${status}"}`;
}

/** The value of a series. */
const value = (text: string, series: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length) ?? NaN,
  );

describe('/metrics', () => {
  it('counts and times requests by route, method and status', async () => {
    const movie = await makeMovie();
    await withServer({}, async (server) => {
      await anonymous.at(server).get(`/watch/watchlist/${movie.id}/`);
      await anonymous.at(server).get(`/watch/watchlist/${movie.id}`);
      await (await asAdmin()).at(server).post('/watch/platformlist/', {});
      await anonymous.at(server).get('/nowhere');
      const answer = await anonymous.at(server).get('/metrics');
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
      expect(answer.text).to.include(`${count('/watch/watchlist/:id/', 'GET', 200)} 2`);
      expect(answer.text).to.include(`${count('/watch/platformlist/', 'POST', 400)} 1`);
      expect(answer.text).to.include(`${count('none', 'GET', 404)} 1`);
      expect(answer.text).to.include('nodejs_eventloop_lag_seconds');
      expect(answer.text).not.to.include(`/watch/watchlist/${movie.id}`);
    });
  });

  it('is at this path alone, whose other spellings a proxy would not block', async () => {
    await withServer({}, async (server) => {
      for (const path of ['/metrics/', '/METRICS', '/Metrics', '/metrics%20', '/./metrics/']) {
        expectDetail(await anonymous.at(server).get(path), 404);
      }
    });
  });

  it('requires METRICS_TOKEN if it is set', async () => {
    await withServer({ METRICS_TOKEN: 'let-me-measure' }, async (server) => {
      const refused = await anonymous.at(server).get('/metrics');
      expectDetail(refused, 401);
      expect(refused.headers.get('www-authenticate')).to.equal('Bearer');
      expectDetail(await new Client({ Authorization: 'Bearer other' }).at(server).get('/metrics'), 401);
      const answer = await new Client({ Authorization: 'Bearer let-me-measure' }).at(server).get('/metrics');
      expect(answer.status).to.equal(200);
    });
  });

  it('counts what clients gave up on, by how long they had waited', async () => {
    const find = User.byUsername.bind(User);
    await withServer({}, async (server) => {
      try {
        User.byUsername = () =>
          sleep(2_500).then(() => Promise.reject(new ConnectionError(new Error('late'))));
        const giveUp = (ms: number) =>
          fetch(`${server.url}/account/login/`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: '{"username": "ann", "password": "quiet-harbour-71"}',
            signal: AbortSignal.timeout(ms),
          }).catch(() => undefined);
        await Promise.all([giveUp(100), giveUp(1_900), giveUp(2_000)]);
      } finally {
        User.byUsername = find;
      }
      const counted = async () => {
        const { text } = await anonymous.at(server).get('/metrics');
        return [...text.matchAll(/^http_requests_aborted_total\{(.*)\} (\d+)$/gm)].map(
          ([, ...series]) => series,
        );
      };
      const labels = 'route="/account/login/",method="POST",waited=';
      const expected = [
        [`${labels}"under_1s"`, '1'],
        [`${labels}"over_1s"`, '2'],
      ];
      // The server hears of a closed connection a moment later.
      for (let tries = 0; tries < 50 && (await counted()).flat().at(-1) !== '2'; tries += 1) await sleep(20);
      expect(await counted()).to.deep.equal(expected);
    });
  });

  it('tells of readiness, Redis, the response cache, statements, logins, backups and the version', async () => {
    const movie = await makeMovie();
    // Nothing listens on this port.
    await withServer({ REDIS_URL: 'redis://127.0.0.1:9' }, async (server) => {
      const client = anonymous.at(server);
      const before = (await client.get('/metrics')).text;
      await client.post('/account/login/', { username: 'ann', password: 'quiet-harbour-71' });
      const { text } = await client.get('/metrics');
      expect(value(text, 'marquee_ready')).to.equal(1);
      expect(value(text, 'marquee_redis_ready')).to.equal(0);
      expect(value(text, 'marquee_backup_last_success_timestamp_seconds')).to.equal(0);
      expect(text).to.match(/^marquee_build_info\{version="\d+\.\d+\.\d+",node="v\d+\.\S+"\} 1$/m);
      const wrong = 'marquee_logins_total{outcome="wrong"}';
      expect(value(text, wrong)).to.equal((value(before, wrong) || 0) + 1);
      const users = 'database_statement_seconds_count{statement="select users"}';
      expect(value(text, users)).to.be.above(value(before, users) || 0);
    });
    await withServer({ CACHE_SECONDS: 60 }, async (server) => {
      const client = anonymous.at(server);
      const admin = (await asAdmin()).at(server);
      for (let time = 0; time < 3; time += 1) await client.get(`/watch/watchlist/${movie.id}/`);
      await admin.patch(`/watch/watchlist/${movie.id}/`, { title: 'Another' });
      await client.get(`/watch/watchlist/${movie.id}/`);
      const { text } = await client.get('/metrics');
      expect(value(text, 'response_cache_requests_total{result="hit"}')).to.equal(2);
      expect(value(text, 'response_cache_requests_total{result="miss"}')).to.equal(2);
      expect(value(text, 'response_cache_kept_total')).to.equal(2);
      expect(value(text, 'response_cache_ended_total{reason="change"}')).to.equal(1);
      expect(value(text, 'response_cache_entries')).to.equal(1);
      if (dialect === 'mysql') expect(value(text, 'search_queue_movies')).to.be.above(0);
    });
  });

  it('is not ready while the database does not answer, and answers all the same', async () => {
    const query = sequelize.query.bind(sequelize);
    sequelize.query = (() => new Promise(() => undefined)) as typeof query;
    try {
      const { status, text } = await anonymous.get('/metrics');
      expect(status).to.equal(200);
      // On MySQL the probe has a connection of its own: see the alerts in a real outage.
      if (dialect === 'sqlite') expect(text).to.match(/^marquee_ready 0$/m);
      expect(text).not.to.match(/^marquee_backup_last_success_timestamp_seconds \d/m);
    } finally {
      sequelize.query = query;
    }
  });

  it('has a bounded number of names of statements, and counts those that fail', async () => {
    await sequelize.query('SELECT * FROM no_such_table').catch(() => undefined);
    const tables = ['users', 'reviews'];
    for (let name = 0; name < 150; name += 1) {
      const letters = String.fromCharCode(97 + (name % 26)) + String.fromCharCode(97 + Math.floor(name / 26));
      await sequelize.query(`SELECT * FROM no_${letters}`).catch(() => undefined);
    }
    for (const table of tables) await sequelize.query(`SELECT COUNT(*) FROM ${table}`);
    const { text } = await anonymous.get('/metrics');
    const names = [...text.matchAll(/^database_statement_seconds_count\{statement="([^"]*)"\}/gm)].map(
      ([, name]) => name,
    );
    expect(names).to.include.members(['other', 'select users', 'select reviews']);
    expect(names.length).to.be.at.most(100);
    expect(text).to.match(/^database_statement_errors_total\{statement="other"\} [1-9]/m);
  });
});
