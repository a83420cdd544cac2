import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { config } from '../../src/config.js';
import type { Outcome } from '../support/processes.js';
import { folderOf, importFiles, runInProcess, runInto, write } from './commands.js';
import { fullError, LOST_OUTPUTS } from './lost-outputs.js';
import { runLed, runUnread } from './pipes.js';

const onSqlite = config.DATABASE_URL.startsWith('sqlite:');

const PLATFORMS = 'name,about,website\nAurora,Films.,https://aurora.example/\n';
const MOVIES = (howMany: number) =>
  `id,title,storyline,platform\n${Array.from({ length: howMany }, (_, index) => `${index},${'t'.repeat(190)} ${index},x,Aurora\n`).join('')}`;

/** Runs of commands by name: their arguments and their status. */
type Run = readonly [command: string, args: string[], status: number];

/** What a command may be asked for, and how it ends. */
function runsFor(user: string): Record<string, Run> {
  const good = folderOf({ 'platforms.csv': PLATFORMS, 'movies.csv': MOVIES(50) });
  const bad = folderOf({ 'platforms.csv': `${PLATFORMS}${'x,,\n'.repeat(50)}` });
  const admin = ['--username', user, '--email', `${user}@example.org`];
  return {
    import: ['import', ['--format', 'csv', good], 0],
    'bad import': ['import', ['--format', 'csv', bad], 1],
    help: ['import', ['--help'], 0],
    usage: ['import', ['--nonsense'], 2],
    verify: ['ratings', ['verify'], 0],
    rebuild: ['ratings', ['rebuild'], 0],
    admin: ['create-admin', [...admin, '--password', 'a long enough secret'], 0],
    'bad admin': ['create-admin', [...admin, '--password', '1'], 1],
    ...(onSqlite && { backup: ['backup', [join(folderOf({}), 'copy')], 0] }),
  };
}

/** The runs that are made in a process of their own too: each of them, and two of another status for each output. */
const IN_PROCESSES: Record<string, string[]> = {
  'closed at once': ['verify', 'bad import'],
  'closed after a line': ['help', 'bad import'],
  'closed both': ['rebuild', 'bad admin'],
  full: ['import', 'bad import', 'backup'],
  'full both': ['admin', 'usage', 'backup'],
  'not open': ['verify', 'bad import', 'backup'],
};

/** Puts more movies in than a pipe can name. */
function fill(): Promise<Outcome> {
  return importFiles('csv', { 'platforms.csv': PLATFORMS, 'movies.csv': MOVIES(2_000) });
}

describe('the status of a command is that of its work where its output is', function () {
  this.timeout(120_000);
  for (const [kind, { rest, open }] of Object.entries(LOST_OUTPUTS)) {
    it(kind, async () => {
      for (const [name, [command, args, status]] of Object.entries(runsFor(`u${rest.length}`))) {
        expect(await runInto(await open(), command, args), `${name} ${rest}`).to.equal(status);
        if (command === 'backup') expect(existsSync(args[0] as string)).to.equal(true);
      }
    });

    it(`${kind}, as the shell has it`, async () => {
      const runs = runsFor(`u${rest.length}`);
      for (const name of IN_PROCESSES[kind] as string[]) {
        const run = runs[name];
        if (!run) continue;
        const [command, args, status] = run;
        expect((await runLed(command, args, rest)).status, `${name} ${rest}`).to.equal(status);
        if (command === 'backup') expect(existsSync(args[0] as string)).to.equal(true);
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
    for (const rest of ['| true', '>/dev/full']) {
      const { status, error } = await runLed('openapi', [], rest);
      expect(status, rest).to.equal(1);
      expect(error).to.match(/^The document could not be written: .*(EPIPE|ENOSPC)/);
    }
    expect(await runInto(await fullError(), 'openapi', [])).to.equal(1);
    const whole = await runLed('openapi', [], '2>/dev/full | (sleep 4; cat)');
    expect(whole.status).to.equal(0);
    expect(JSON.parse(whole.out)).to.have.property('openapi');
    const nowhere = await runInProcess('openapi', ['/nowhere/at/all']);
    expect(nowhere.status).to.equal(1);
    expect(nowhere.error).to.match(/^The document could not be written: ENOENT/);
  });

  it('a file, which a backup must have', async () => {
    const { status, error } = await runInProcess('backup', ['-']);
    expect(status).to.equal(2);
    expect(error).to.contain('cannot go to standard output');
  });
});
