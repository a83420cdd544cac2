import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { plain } from '../support/pictures.js';
import { type Outcome, startCommand } from '../support/processes.js';
import { skip } from '../support/skip.js';
import { type SmallDisk, smallDisk } from '../support/small-disk.js';
import { folderOf } from './commands.js';

const MOVIES = 3_000;

const FILES = {
  'platforms.csv': 'name,about,website\nAurora,Films.,https://aurora.example/\n',
  'movies.csv': `id,title,storyline,platform\n${Array.from(
    { length: MOVIES },
    (_, index) => `${index},Film ${index},${'A long way. '.repeat(40)},Aurora\n`,
  ).join('')}`,
};

/** Expects one line that says so, besides those of the progress. */
function expectRefused({ status, error }: Outcome): void {
  const lines = error.split('\n').filter((line) => line !== '' && !/^\w+: \d+%$/.test(line));
  expect(lines, error).to.have.length(1);
  expect(lines[0]).to.match(/no room left on the disk|disk is full|ENOSPC/);
  expect(status).to.equal(1);
}

describe('a command on a disk that is full says so in one line, and leaves nothing in halves', function () {
  this.timeout(120_000);
  let disk: SmallDisk | undefined;
  let folder: string;
  const aside = () => join(folder, 'aside');

  before(function diskOrSkip() {
    if (dialect === 'mysql') skip(this, 'is about files of the embedded database');
    disk = smallDisk(this, '9m');
    ({ folder } = disk);
  });
  after(() => disk?.close());
  beforeEach(() => readdirSync(folder).forEach((name) => rmSync(join(folder, name), { recursive: true })));

  const run = (command: string, ...args: string[]) =>
    startCommand(command, args, {
      env: { DATABASE_URL: `sqlite:${join(folder, 'app.sqlite')}`, MEDIA_URL: '' },
    });

  /** What lies on the disk, but for what SQLite keeps beside its file, and empty folders of posters. */
  const kept = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('app.sqlite-'))
      .map(({ name }) => name);

  /** Takes all the room that there is. */
  const fill = () => {
    const block = Buffer.alloc(4_096);
    try {
      for (;;) writeFileSync(aside(), block, { flag: 'a' });
    } catch (error) {
      expect(error).to.have.property('code', 'ENOSPC');
    }
  };

  it('import of a catalogue: what is stored is right, and the same import goes on', async () => {
    const input = folderOf(FILES);
    expect((await run('ratings', 'verify')).status).to.equal(0);
    writeFileSync(aside(), Buffer.alloc(6 * 2 ** 20));
    expectRefused(await run('import', '--format', 'csv', input));
    rmSync(aside());
    expect((await run('ratings', 'verify')).status).to.equal(0);
    const again = await run('import', '--format', 'csv', input);
    expect(again.status, again.error).to.equal(0);
    expect(again.out).to.match(/[1-9]\d* already there/);
    expect((await run('ratings', 'verify')).out).to.include(`${MOVIES} movies checked`);
  });

  it('import of posters, create-admin, backup, and the OpenAPI document', async () => {
    const input = folderOf({
      ...FILES,
      'movies.csv': FILES['movies.csv'].split('\n').slice(0, 3).join('\n'),
    });
    expect((await run('import', '--format', 'csv', input)).status).to.equal(0);
    const pictures = join(input, 'pictures');
    mkdirSync(pictures);
    writeFileSync(join(pictures, '1.png'), await plain({ width: 600, height: 900 }).png().toBuffer());
    fill();
    const before = kept();
    expectRefused(await run('import', '--format', 'posters', pictures));
    expectRefused(await run('backup', join(folder, 'copy.sqlite')));
    expectRefused(await run('openapi', join(folder, 'openapi.json')));
    const admin = ['--username', 'ana', '--email', 'ana@example.org', '--password', 'quiet-harbour-71'];
    const names = Array.from({ length: 40 }, (_, index) => `ana${index}`);
    let outcome = await run('create-admin', ...admin);
    // The database's last page may have room for some.
    for (const name of names) {
      if (outcome.status !== 0) break;
      admin[1] = name;
      admin[3] = `${name}@example.org`;
      outcome = await run('create-admin', ...admin);
    }
    expectRefused(outcome);
    expect(kept()).to.have.members(before);
  });
});
