import { expect } from 'chai';
import { type Outcome, startCommand } from '../support/processes.js';
import { count, importFiles, inputOf, rows } from './commands.js';

const PLATFORMS = 'name,about,website\nAurora,Films.,https://aurora.example/\n';
const MOVIES = 'id,title,storyline,platform\n1,Ordet,A word.,Aurora\n';
const HEADER = 'username,watchlist,rating,created\n';

/** Imports files in a process in that time zone. */
function startedIn(TZ: string, files: Record<string, string>): Promise<Outcome> {
  return startCommand('import', ['--format', 'csv', inputOf(files)], { env: { TZ } });
}

/** Imports files in this process, while it is in that time zone. */
async function importIn(TZ: string, files: Record<string, string>): Promise<Outcome> {
  const { TZ: own } = process.env;
  process.env.TZ = TZ;
  try {
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).to.equal(TZ);
    return await importFiles('csv', files);
  } finally {
    if (own === undefined) delete process.env.TZ;
    else process.env.TZ = own;
  }
}

/** Zones whose offsets, and whose changes to summer time, differ most from UTC; in one of them a process starts. */
const ZONES = { UTC: importIn, 'Pacific/Auckland': startedIn, 'America/St_Johns': importIn };

describe('times in imported files', function () {
  this.timeout(60_000);

  for (const [TZ, importThere] of Object.entries(ZONES)) {
    it(`are UTC where they have no offset, with the machine in ${TZ}`, async () => {
      const times = {
        // Auckland has no such hour: its clocks go from 2 to 3.
        ana: ['2025-09-28T02:30', '2025-09-28 02:30:00.000'],
        bob: ['2025-09-28 02:30:00.5', '2025-09-28 02:30:00.500'],
        cy: ['2025-09-28', '2025-09-28 00:00:00.000'],
        di: ['2025-09-28T02:30:00+12:45', '2025-09-27 13:45:00.000'],
      };
      const lines = Object.entries(times).map(([name, [text]]) => `${name},1,4,${text}\n`);
      const { status, error } = await importThere(TZ, {
        'platforms.csv': PLATFORMS,
        'movies.csv': MOVIES,
        'reviews.csv': HEADER + lines.join(''),
      });
      expect(status, error).to.equal(0);
      const stored = await rows(
        `SELECT username, CAST(created AS CHAR) AS created FROM reviews
         JOIN users ON users.id = user_id ORDER BY username`,
      );
      expect(stored.map((row) => [row.username, String(row.created).slice(0, 23)])).to.deep.equal(
        Object.entries(times).map(([name, [, expected]]) => [name, expected]),
      );
    });
  }

  it('are bad lines, named by file and number, where they do not exist', async () => {
    const bad = [
      '2026-02-30',
      '2026-02-03T24:00',
      '2026-02-03T10:61',
      '0999-01-01',
      '10000-01-01',
      '03.02.2026',
      'soon',
    ];
    const { status, error } = await importIn('Pacific/Auckland', {
      'platforms.csv': PLATFORMS,
      'movies.csv': MOVIES,
      'reviews.csv': HEADER + bad.map((text, index) => `u${index},1,4,${text}\n`).join(''),
    });
    expect(status).to.equal(1);
    for (const index of bad.keys())
      expect(error).to.contain(`reviews.csv:${index + 2}: created: Not a valid moment`);
    expect(await count('reviews')).to.equal(0);
  });

  it('in seconds since 1970 are bad lines beyond the year 9999', async () => {
    const { status, error } = await importFiles('movielens', {
      'movies.csv': 'movieId,title,genres\n1,Ordet,Drama\n',
      'ratings.csv':
        'userId,movieId,rating,timestamp\n1,1,4,978300760\n2,1,4,253402300800\n3,1,4,2026-02-03\n',
    });
    expect(status).to.equal(1);
    expect(error)
      .to.contain('ratings.csv:3: timestamp:')
      .and.contain('ratings.csv:4: timestamp:')
      .and.not.contain('csv:2');
  });
});
