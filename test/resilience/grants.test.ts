import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../../src/project-root.js';
import { startCommand } from '../support/processes.js';
import { sequelizeCli } from '../support/sequelize-cli.js';
import { DatabaseServer } from './database-server.js';
import { startMarquee } from './marquee.js';
import { needServers } from './requirements.js';

/** The statements of the README that make the database and its user. */
function statementsOfReadme(): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, statements] = /```sql\n(CREATE DATABASE [^`]*(?:`[^`]+`[^`]*)*?)```/.exec(readme) ?? [];
  if (!statements) throw new Error('The README has no CREATE DATABASE');
  return statements;
}

describe('a database and a user as the README makes them', function grants() {
  this.timeout(240_000);
  let database: DatabaseServer;
  let folder: string;
  const password = 'quiet-harbour-71';
  const env = () => ({
    DATABASE_URL: `mysql://marquee:PASSWORD@127.0.0.1:${database.port}/marquee`,
    ADMIN_PASSWORD: password,
  });

  before(async function serversOrSkip() {
    await needServers(this);
    folder = mkdtempSync(join(tmpdir(), 'marquee-grants-'));
    database = await (await DatabaseServer.create()).start();
    await database.query('DROP DATABASE marquee');
    await database.query(statementsOfReadme());
  });
  after(async () => {
    await database?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  const run = async (command: string, ...args: string[]) => {
    const { status, out, error } = await startCommand(command, args, { env: env() });
    expect(status, `${command} ${args.join(' ')}: ${out}${error}`).to.equal(0);
    return out;
  };

  it('suffice for migrations, forward and back, and for seeds', async () => {
    const { DATABASE_URL: url, ...admin } = env();
    for (const command of ['db:migrate', 'db:migrate:undo:all', 'db:migrate', 'db:seed:all']) {
      const { status, error } = await sequelizeCli(url, command, admin);
      expect(status, `${command}: ${error}`).to.equal(0);
    }
  });

  it('suffice for the server', async () => {
    const marquee = await startMarquee(env());
    try {
      const ask = async (path: string, body?: object, token?: string) => {
        const headers = {
          'Content-Type': 'application/json',
          ...(token && { Authorization: `Token ${token}` }),
        };
        const options = body ? { method: 'POST', body: JSON.stringify(body), headers } : { headers };
        const response = await fetch(marquee.url + path, options);
        return { status: response.status, body: (await response.json()) as Record<string, unknown> };
      };
      expect((await ask('/readyz')).status).to.equal(200);
      const { body } = await ask('/account/login/', { username: 'admin', password });
      const film = { title: 'Sorcerer', storyline: 'Two lorries.', platform: '1', genres: ['Thriller'] };
      const made = await ask('/watch/watchlist/', film, String(body.token));
      expect(made.status, JSON.stringify(made.body)).to.equal(201);
      const id = Number(made.body.id);
      const review = await ask(`/watch/${id}/review-create/`, { rating: 5 }, String(body.token));
      expect(review.status, JSON.stringify(review.body)).to.equal(201);
      expect((await ask('/watch/watchlist/?search=sorcerer')).body.count).to.equal(1);
    } finally {
      expect(await marquee.stop()).to.equal(0);
    }
    expect(marquee.started.output())
      .to.not.match(/"level":"(error|fatal)"/)
      .and.not.match(/denied/);
  });

  it('suffice for the commands', async () => {
    await run('search', 'rebuild');
    await run('ratings', 'rebuild');
    await run('ratings', 'verify');
    const admin = ['--username', 'second', '--email', 'second@example.org', '--password', 'long-enough-71'];
    await run('create-admin', ...admin);
    const file = join(folder, 'dump.sql.gz');
    await run('backup', file);
    expect(await run('backup', '--verify', file)).to.match(/every rating is right/);
    expect(await database.query("SHOW DATABASES LIKE '%verify%'")).to.deep.equal([]);
  });
});
