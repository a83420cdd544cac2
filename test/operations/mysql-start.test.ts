import { expect } from 'chai';
import { config } from '../../src/config.js';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { eventually, freePort, start } from '../support/processes.js';
import { expectCli } from '../support/sequelize-cli.js';

if (dialect === 'mysql') {
  describe('a start on a MySQL database that is not ready', () => {
    const address = new URL(config.DATABASE_URL);
    address.pathname += '_unmigrated';
    const name = address.pathname.slice(1);

    beforeEach(async () => {
      await sequelize.query(`DROP DATABASE IF EXISTS \`${name}\``);
      await sequelize.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
    });

    afterEach(async () => {
      await sequelize.query(`DROP DATABASE IF EXISTS \`${name}\``);
    });

    it('serves, logs what is missing, and is ready after the migrations', async function test() {
      this.timeout(60_000);
      const port = await freePort();
      const env = { DATABASE_URL: address.href, PORT: String(port), LOG_LEVEL: 'info' };
      const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
      const started = start('src/main.js', env);
      try {
        await eventually(started, async () => (await ask('/healthz')).ok || undefined);
        expect((await ask('/readyz')).status).to.equal(503);
        await eventually(started, () => started.output().includes('create-watch-lists') || undefined);
        await expectCli(address.href, 'db:migrate');
        expect((await ask('/readyz')).status).to.equal(200);
        expect((await ask('/watch/watchlist/')).status).to.equal(200);
        const complaints = started
          .output()
          .split('\n')
          .filter((line) => /"level":"(warn|error|fatal)"/.test(line))
          .map((line) => (JSON.parse(line) as { msg: string }).msg);
        expect(complaints.filter((text) => text.includes('sequelize-cli db:migrate'))).to.have.length(1);
        // Besides that line, the probe above.
        expect(complaints, complaints.join('\n')).to.have.length(2);
      } finally {
        started.child.kill('SIGTERM');
        expect(await started.ended).to.equal(0);
      }
    });

    it('is prepared as soon as it lets itself be', async function test() {
      this.timeout(60_000);
      await expectCli(address.href, 'db:migrate');
      await sequelize.query(`RENAME TABLE \`${name}\`.settings TO \`${name}\`.away`);
      const port = await freePort();
      const started = start('src/main.js', {
        DATABASE_URL: address.href,
        PORT: String(port),
        LOG_LEVEL: 'info',
      });
      const told = () => started.output().split('The database could not be prepared').length - 1;
      const admins = async () => {
        const [rows] = await sequelize.query(`SELECT id FROM \`${name}\`.users WHERE role = 'admin'`);
        return rows.length;
      };
      try {
        await eventually(started, () => told() || undefined);
        expect(await admins()).to.equal(0);
        await sequelize.query(`RENAME TABLE \`${name}\`.away TO \`${name}\`.settings`);
        await eventually(started, async () => (await admins()) || undefined);
        expect(told()).to.equal(1);
      } finally {
        started.child.kill('SIGTERM');
        expect(await started.ended).to.equal(0);
      }
    });
  });
}
