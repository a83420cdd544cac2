import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { queueForgottenWhenDue } from '../../src/search/catch-up.js';
import { startCommand } from '../support/processes.js';
import { anonymous } from '../support/clients.js';
import { importFiles, rows, runInProcess, write } from './commands.js';

const FILES = {
  'platforms.csv': 'name,about,website\nAurora,About,https://aurora.example/\n',
  'movies.csv': 'id,title,storyline,platform\n1,Lantern,A light.,Aurora\n2,Harbour,A port.,Aurora\n',
};

// The response cache knows of no change by a command.
let asked = 0;

/** Expects the titles that a search finds. */
async function expectFound(text: string, titles: string[]): Promise<void> {
  const { body } = await anonymous.get(`/watch/watchlist/?search=${text}&asked=${(asked += 1)}`);
  expect((body.results as { title: string }[]).map(({ title }) => title)).to.deep.equal(titles);
}

/** What a process of an older version does, which knows no queue. */
async function writeAsBefore(): Promise<void> {
  await write(
    `UPDATE watch_lists AS lantern JOIN watch_lists AS harbour ON harbour.title = 'Harbour'
    SET lantern.search_text = harbour.search_text WHERE lantern.title = 'Lantern'`,
  );
  await write("DELETE FROM watch_lists WHERE title = 'Harbour'");
  await write('DELETE FROM watch_list_index_queue');
}

/** How many movies are queued. */
const queued = async () => (await rows('SELECT movie_id FROM watch_list_index_queue')).length;
/** Sets when the index was last looked through. */
const lookedAt = (minutes: number) =>
  write(
    `REPLACE INTO settings (name, value) VALUES ('search_looked_through', '${Date.now() - minutes * 60_000}')`,
  );

describe('search', function () {
  this.timeout(60_000);

  if (dialect === 'sqlite') {
    it('has nothing to do on the embedded database', async () => {
      for (const action of ['status', 'rebuild']) {
        const { status, out } = await runInProcess('search', [action]);
        expect(status).to.equal(0);
        expect(out).to.match(/nothing waits/);
      }
      expect((await startCommand('search', ['everything'])).status).to.equal(2);
    });
    return;
  }

  beforeEach(async () => {
    expect((await importFiles('csv', FILES)).status).to.equal(0);
    await runInProcess('search', ['rebuild']);
  });

  it('tells how far the index is behind, and brings it up to date', async () => {
    expect(await runInProcess('search', ['status'])).to.deep.include({
      status: 0,
      out: '2 movies: 0 wait to be indexed, 0 more are missing or outdated in the index.\n',
    });
    await writeAsBefore();
    await write('INSERT INTO watch_list_index_queue (movie_id) VALUES (77)');
    const behind = await startCommand('search', ['status']);
    expect(behind.status).to.equal(1);
    expect(behind.out).to.equal(
      '1 movies: 1 wait to be indexed, 2 more are missing or outdated in the index.\n',
    );
    expect(await runInProcess('search', ['rebuild'])).to.deep.include({
      status: 0,
      out: '3 movies were indexed.\n',
    });
    await expectFound('harbour', ['Lantern']);
    expect((await runInProcess('search', ['status'])).status).to.equal(0);
  });

  it('is looked through by one process every five minutes', async () => {
    await writeAsBefore();
    await lookedAt(4);
    await queueForgottenWhenDue();
    expect(await queued()).to.equal(0);
    await lookedAt(6);
    await Promise.all([queueForgottenWhenDue(), queueForgottenWhenDue()]);
    expect(await queued()).to.equal(2);
    await write('DELETE FROM watch_list_index_queue');
    await queueForgottenWhenDue();
    expect(await queued()).to.equal(0);
    // A clock that was ahead.
    await lookedAt(-600);
    await queueForgottenWhenDue();
    expect(await queued()).to.equal(2);
  });
});
