import { join } from 'node:path';
import { expect } from 'chai';
import { Certificates } from '../support/certificates.js';
import { eventually, freePort, start } from '../support/processes.js';
import { sequelizeCli } from '../support/sequelize-cli.js';
import { connectionFault as fault } from './connection-fault.js';
import { DatabaseServer } from './database-server.js';
import { startApi } from './marquee.js';
import { needServers } from './requirements.js';

describe('TLS to the database', function tls() {
  this.timeout(120_000);
  let certificates: Certificates;
  let database: DatabaseServer;
  /** Restarts the server with another certificate. */
  const present = async (name: string, ...options: string[]) => {
    await database.kill();
    const file = (extension: string) => certificates.file(`${name}.${extension}`);
    database.launch(`--ssl-cert=${file('pem')}`, `--ssl-key=${file('key')}`, `--ssl-ca=${certificates.file('ca.pem')}`, ...options);
    await database.answers();
  }; // prettier-ignore
  const address = (parameters: string, { host = 'localhost', user = 'root' } = {}) =>
    `mysql://${user}@${host}:${database.port}/marquee${parameters}`;
  const ca = (name = 'ca') => `ssl-ca=${certificates.file(`${name}.pem`)}`;

  before(async function serversOrSkip() {
    await needServers(this);
    certificates = await Certificates.create(this);
    await Promise.all([certificates.authority('ca'), certificates.authority('other')]);
    await certificates.signed('right', 'ca', 'localhost');
    await certificates.signed('elsewhere', 'ca', 'db.example.org');
    await certificates.signed('expired', 'ca', 'localhost', ['-days', '-1']);
    await certificates.signed('client', 'ca', 'client');
    database = await (await DatabaseServer.create()).start();
    await present('right');
    await database.query(
      "CREATE USER careful@'%' REQUIRE SSL; GRANT ALL ON *.* TO careful@'%'; CREATE USER strict@'%' REQUIRE X509; GRANT ALL ON *.* TO strict@'%'",
    );
  });
  after(async () => {
    await database?.close();
    await certificates?.remove();
  });

  it('is used by every connection: pool, replicas, locks, commands and sequelize-cli', async () => {
    await database.query('SET GLOBAL require_secure_transport = 1').catch(() => undefined);
    const url = address(`?ssl-mode=VERIFY_IDENTITY&${ca()}`, { user: 'careful' });
    const migrated = await sequelizeCli(url, 'db:migrate');
    expect(migrated.status, migrated.error).to.equal(0);
    expect(await fault(url)).to.equal('');
    const marquee = await startApi({ DATABASE_URL: url, DATABASE_REPLICA_URLS: url });
    try {
      await eventually(
        marquee.started,
        async () => (await fetch(`${marquee.url}/readyz`)).status === 200 || undefined,
      );
      for (let time = 0; time < 4; time += 1)
        expect((await fetch(`${marquee.url}/watch/watchlist/?x=${time}`)).status).to.equal(200);
      expect(marquee.started.output()).not.to.include('replica is away');
    } finally {
      await marquee.stop();
    }
  });

  it('encrypts with REQUIRED, and checks the CA with VERIFY_CA and the name with VERIFY_IDENTITY', async () => {
    await present('right');
    for (const parameters of ['', '?ssl-mode=DISABLED', '?ssl-mode=REQUIRED', `?ssl-mode=VERIFY_CA&${ca()}`])
      expect(await fault(address(parameters, { host: '127.0.0.1' })), parameters).to.equal('');
    for (const [parameters, said] of [
      ['?ssl-mode=VERIFY_CA', 'name the file of the CA'],
      ['?ssl-mode=VERIFY_IDENTITY', 'name the file of the CA'],
      [`?ssl-mode=VERIFY_CA&${ca('other')}`, 'name the file of the CA'],
    ] as const)
      expect(await fault(address(parameters)), parameters).to.include(said);
    const plain = await fault(address('', { user: 'careful' }));
    expect(plain).to.include('a server or account that requires TLS needs ssl-mode');
    expect(await fault(address('?ssl-mode=REQUIRED', { user: 'careful' }))).to.equal('');
  });

  it('shows a client certificate', async () => {
    const own = `ssl-cert=${certificates.file('client.pem')}&ssl-key=${certificates.file('client.key')}`;
    expect(await fault(address(`?ssl-mode=REQUIRED&${own}`, { user: 'strict' }))).to.equal('');
    expect(await fault(address('?ssl-mode=REQUIRED', { user: 'strict' }))).to.include(
      'ssl-cert and ssl-key too',
    );
  });

  it('refuses a certificate for another name, but with VERIFY_CA', async () => {
    await present('elsewhere');
    expect(await fault(address(`?ssl-mode=VERIFY_IDENTITY&${ca()}`))).to.include(
      'connect by a name that the certificate has',
    );
    expect(await fault(address(`?ssl-mode=VERIFY_CA&${ca()}`))).to.equal('');
  });

  it('refuses a certificate that has expired', async () => {
    await present('expired');
    for (const mode of ['VERIFY_IDENTITY', 'VERIFY_CA'])
      expect(await fault(address(`?ssl-mode=${mode}&${ca()}`)), mode).to.include(
        'renew the server’s certificate',
      );
    expect(await fault(address('?ssl-mode=REQUIRED'))).to.equal('');
  });

  it('says so where the server has none, and where it takes nothing else', async () => {
    await database.kill();
    database.launch(database.kind.withoutTls);
    await database.answers();
    for (const mode of ['REQUIRED', 'VERIFY_IDENTITY'])
      expect(await fault(address(`?ssl-mode=${mode}`)), mode).to.include('the server has no TLS');
    const socket = `socket=${join(database.folder, 's.sock')}`;
    expect(await fault(`mysql://root@localhost/marquee?${socket}`)).to.equal('');

    await present('right');
    await database.query('SET GLOBAL require_secure_transport = 1');
    // MariaDB refuses as if the password were wrong.
    const advice = database.kind.name === 'MySQL' ? 'takes TLS only: add' : 'requires TLS needs ssl-mode';
    expect(await fault(address('', { host: '127.0.0.1' }))).to.include(advice);
    const started = start('src/main.js', {
      DATABASE_URL: address('', { host: '127.0.0.1' }),
      PORT: String(await freePort()),
      LOG_LEVEL: 'info',
    });
    try {
      await eventually(started, () => started.output().includes(advice) || undefined);
    } finally {
      started.child.kill('SIGKILL');
    }
  });
});
