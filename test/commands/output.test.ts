import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { config } from '../../src/config.js';
import { type Outcome, startCommand } from '../support/processes.js';
import { folderOf, importFiles, write } from './commands.js';
import { runLed, runUnread } from './pipes.js';

const PLATFORMS = 'name,about,website\nAurora,Films.,https://aurora.example/\n';
const MOVIES = (howMany: number) =>
  `id,title,storyline,platform\n${Array.from({ length: howMany }, (_, index) => `${index},${'t'.repeat(190)} ${index},x,Aurora\n`).join('')}`;

/** What may become of standard output and error. */
const ENDS = {
  'closed at once': '2>&1 | true',
  'closed after a line': '2>&1 | head -1',
  'closed both': '2> >(true) | true',
  full: '>/dev/full',
  'full both': '>/dev/full 2>/dev/full',
  'not open': '>&- 2>&-',
};

/** Puts more movies in than a pipe can name. */
function fill(): Promise<Outcome> {
  return importFiles('csv', { 'platforms.csv': PLATFORMS, 'movies.csv': MOVIES(2_000) });
}

describe('the status of a command is that of its work where its output is', function () {
  this.timeout(120_000);
  for (const [kind, rest] of Object.entries(ENDS)) {
    it(kind, async () => {
      const good = folderOf({ 'platforms.csv': PLATFORMS, 'movies.csv': MOVIES(50) });
      const bad = folderOf({ 'platforms.csv': `${PLATFORMS}${'x,,\n'.repeat(50)}` });
      const user = ['--username', `u${rest.length}`, '--email', `u${rest.length}@example.org`];
      for (const [command, args, status] of [
        ['import', ['--format', 'csv', good], 0],
        ['import', ['--format', 'csv', bad], 1],
        ['import', ['--help'], 0],
        ['import', ['--nonsense'], 2],
        ['ratings', ['verify'], 0],
        ['ratings', ['rebuild'], 0],
        ['create-admin', [...user, '--password', 'a long enough secret'], 0],
        ['create-admin', [...user, '--password', '1'], 1],
      ] as const) {
        const outcome = await runLed(command, [...args], rest);
        expect(outcome.status, `${command} ${args.join(' ')} ${rest}`).to.equal(status);
      }
      if (config.DATABASE_URL.startsWith('sqlite:')) {
        const file = join(folderOf({}), 'copy');
        expect((await runLed('backup', [file], rest)).status).to.equal(0);
        expect(existsSync(file)).to.equal(true);
      }
    });
  }

  it('not read: and it ends soon', async () => {
    await fill();
    const started = performance.now();
    expect((await runUnread('ratings', ['verify'], '')).status).to.equal(0);
    // A list of differences that is far longer than a pipe holds.
    await write('UPDATE watch_lists SET number_rating = 7');
    for (const rest of ['', '2>&1']) {
      expect((await runUnread('ratings', ['verify'], rest)).status).to.equal(1);
    }
    expect(performance.now() - started).to.be.below(25_000);
  });

  it('read slowly: and nothing of it is lost', async () => {
    await fill();
    await write('UPDATE watch_lists SET number_rating = 7');
    const slow =
      '| while IFS= read -r -n 50000 -d \'\' part || [ -n "$part" ]; do printf %s "$part"; sleep 0.5; done';
    const { status, out } = await runLed('ratings', ['verify'], slow);
    expect(status).to.equal(1);
    expect(out.split('number_rating is 7, should be 0')).to.have.length(2_001);
    expect(out).to.match(/2000 movies checked: \d+ fields of 2000 movies are wrong/);
  });

  it('the document itself (openapi), and an error where it cannot be written', async () => {
    for (const rest of ['| true', '>/dev/full', '2>/dev/full | true']) {
      const { status, error } = await runLed('openapi', [], rest);
      expect(status, rest).to.equal(1);
      if (!rest.includes('2>'))
        expect(error).to.match(/^The document could not be written: .*(EPIPE|ENOSPC)/);
    }
    const whole = await runLed('openapi', [], '2>/dev/full | (sleep 4; cat)');
    expect(whole.status).to.equal(0);
    expect(JSON.parse(whole.out)).to.have.property('openapi');
    const nowhere = await runLed('openapi', ['/nowhere/at/all'], '');
    expect(nowhere.status).to.equal(1);
    expect(nowhere.error).to.match(/^The document could not be written: ENOENT/);
  });

  it('a file, which a backup must have', async () => {
    const { status, error } = await startCommand('backup', ['-']);
    expect(status).to.equal(2);
    expect(error).to.contain('cannot go to standard output');
  });
});
