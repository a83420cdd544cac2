import { expect } from 'chai';
import { expectCli, sequelizeCli } from '../support/sequelize-cli.js';
import { DatabaseServer } from './database-server.js';
import { type Marquee, startApi } from './marquee.js';
import { needServers } from './requirements.js';

/** Settings of a server that break statements which rely on the defaults. */
const ODD = [
  'sql_safe_updates = 1',
  'sql_select_limit = 1',
  'autocommit = 0',
  "time_zone = '-09:30'",
  "sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'",
  'foreign_key_checks = 0',
  'max_join_size = 1',
  'sql_big_selects = 0',
  "default_storage_engine = 'MyISAM'",
];
/** Those that MySQL has under other names. */
const ODD_OF = {
  MariaDB: ["tx_isolation = 'SERIALIZABLE'", 'tx_read_only = 1'],
  MySQL: ["transaction_isolation = 'SERIALIZABLE'", 'transaction_read_only = 1'],
};

interface Body {
  token: string;
  created: string;
  count: number;
  results: { id: number }[];
}

describe('a server whose own settings are unusual', function settings() {
  this.timeout(60_000);
  let database: DatabaseServer;
  let marquee: Marquee | undefined;

  before(async function serversOrSkip() {
    await needServers(this);
    database = await DatabaseServer.create();
    await database.start();
    for (const setting of [...ODD, ...ODD_OF[database.kind.name]])
      await database.query(`SET GLOBAL ${setting}`);
  });
  after(async () => {
    await marquee?.stop();
    await database?.close();
  });

  it('is migrated and seeded, and serves lists, logins, writes and the deletion of a platform', async () => {
    await expectCli(database.url, 'db:migrate');
    const admin = { ADMIN_USERNAME: 'chief', ADMIN_PASSWORD: 'quiet-harbour-71' };
    const { status, error } = await sequelizeCli(database.url, 'db:seed:all', admin);
    expect(status, error).to.equal(0);
    marquee = await startApi({ DATABASE_URL: database.url });
    const { url } = marquee;
    const ask = async (method: string, path: string, body?: object, token?: string) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Token ${token}` }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: JSON.parse(text || '{}') as Body };
    };
    const login = await ask('POST', '/account/login/', {
      username: admin.ADMIN_USERNAME,
      password: admin.ADMIN_PASSWORD,
    });
    const movies = await ask('GET', '/watch/watchlist/');
    const [movie, ...others] = movies.body.results;
    expect(others).not.to.deep.equal([]);
    const review = { rating: 4, description: 'Fine.', active: true };
    const written = await ask('POST', `/watch/${movie?.id}/review-create/`, review, login.body.token);
    expect(written.status, JSON.stringify([movie, written.body])).to.equal(201);
    expect(Math.abs(Date.parse(written.body.created) - Date.now())).to.be.below(60_000);
    const platforms = await ask('GET', '/watch/platformlist/');
    for (const { id } of platforms.body.results) {
      const deleted = await ask('DELETE', `/watch/platformlist/${id}/`, undefined, login.body.token);
      expect(deleted.status).to.equal(204);
    }
    expect((await ask('GET', '/watch/watchlist/')).body.count).to.equal(0);
  });
});
