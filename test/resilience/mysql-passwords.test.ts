import { join } from 'node:path';
import { expect } from 'chai';
import { expectCli, sequelizeCli } from '../support/sequelize-cli.js';
import { connectionFault } from './connection-fault.js';
import { DatabaseServer } from './database-server.js';
import { startApi } from './marquee.js';
import { needServers } from './requirements.js';

/** Signs that an address must escape, and letters of several bytes. */
const PASSWORD = 'träge/Möwe @ 7%:#?';

describe('users of MySQL with caching_sha2_password', function passwords() {
  this.timeout(240_000);
  let database: DatabaseServer;
  const address = (parameters = '', { user = 'pat', password = PASSWORD } = {}) =>
    `mysql://${user}:${encodeURIComponent(password)}@localhost:${database.port}/marquee${parameters}`;
  /** The server forgets who has logged in, so that the next login must send its password. */
  const forget = () => database.query('FLUSH PRIVILEGES');
  const ca = () => `ssl-ca=${join(database.folder, 'data', 'ca.pem')}`;

  before(async function serversOrSkip() {
    await needServers(this, 'MySQL');
    database = await (await DatabaseServer.create()).start();
    await expectCli(database.url, 'db:migrate');
    for (const [user, needs] of [
      ['pat', ''],
      ['careful', ' REQUIRE SSL'],
    ])
      await database.query(
        `CREATE USER ${user}@'%' IDENTIFIED WITH caching_sha2_password BY '${PASSWORD}'${needs}; GRANT ALL ON *.* TO ${user}@'%'`,
      );
  });
  after(() => database?.close());

  it('migrate and serve without TLS, with it, and with the CA verified', async () => {
    for (const parameters of ['', '?ssl-mode=REQUIRED', `?ssl-mode=VERIFY_CA&${ca()}`]) {
      await forget();
      const migrated = await sequelizeCli(address(parameters), 'db:migrate');
      expect(migrated.status, `${parameters} ${migrated.error}`).to.equal(0);
      await forget();
      const marquee = await startApi({ DATABASE_URL: address(parameters), CACHE_SECONDS: '0' });
      try {
        const lists = Array.from({ length: 30 }, () => fetch(`${marquee.url}/watch/watchlist/`));
        const statuses = (await Promise.all(lists)).map(({ status }) => status);
        expect(statuses, parameters).to.deep.equal(Array(30).fill(200));
      } finally {
        await marquee.stop();
      }
    }
    expect(await connectionFault(address('?ssl-mode=REQUIRED', { user: 'careful' }))).to.equal('');
  });

  it('are told to check the password, and that an account may require TLS', async () => {
    for (const parameters of ['', '?ssl-mode=REQUIRED']) {
      await forget();
      const said = await connectionFault(address(parameters, { password: 'another' }));
      expect(said, parameters).to.include('check user and password');
    }
    const plain = await connectionFault(address('', { user: 'careful' }));
    expect(plain).to.include('a server or account that requires TLS needs ssl-mode');
  });

  it('are told to use TLS where the server has no key to encrypt a password with', async () => {
    await database.kill();
    database.launch(
      '--caching-sha2-password-auto-generate-rsa-keys=OFF',
      '--caching-sha2-password-private-key-path=none.pem',
      '--caching-sha2-password-public-key-path=none.pem',
    );
    await database.answers();
    expect(await connectionFault(address())).to.include(
      'a server or account that requires TLS needs ssl-mode',
    );
    expect(await connectionFault(address('?ssl-mode=REQUIRED'))).to.equal('');
  });
});
