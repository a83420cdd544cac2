import { stringify } from 'csv-stringify/sync';
import { snapshot } from '../../database/transactions.js';
import { disarmFormula } from '../../import/formulas.js';
import { type ExportRow, helpfulRows, profileRows, reportRows, reviewRows, savedRows } from './rows.js';
import { type Spooled, spoolArchive } from './spool.js';

const MOVIE = ['Title', 'Year', 'imdbID'];
/** What Letterboxd's importer reads. */
const LETTERBOXD = [...MOVIE, 'Rating', 'Review', 'WatchedDate'];

/** The files of an export: their columns and their rows. */
const FILES: Record<
  string,
  { columns: readonly string[]; rows: (userId: number) => AsyncGenerator<ExportRow[]> }
> = {
  'profile.csv': { columns: ['Username', 'Email', 'Role', 'Joined', 'Last login'], rows: profileRows },
  'reviews.csv': {
    columns: [...LETTERBOXD, 'Spoiler', 'Created', 'Updated', 'Hidden', 'Helpful', 'Platform', 'Movie'],
    rows: reviewRows,
  },
  'saved.csv': { columns: [...LETTERBOXD, 'Created', 'Platform', 'Movie'], rows: savedRows },
  'helpful.csv': { columns: [...MOVIE, 'Author', 'Review', 'Created'], rows: helpfulRows },
  'reports.csv': { columns: [...MOVIE, 'Author', 'Review', 'Reason', 'Closed', 'Created'], rows: reportRows },
};

/**
 * Makes a ZIP archive of all that a member has written and marked, as it is at one moment.
 * @throws any error of the database, and of a full disk
 */
export function exportMemberData(userId: number): Promise<Spooled> {
  return snapshot(() =>
    spoolArchive(
      Object.entries(FILES).map(([name, { columns, rows }]) => ({
        name,
        text: csvOf(rows(userId), columns),
      })),
    ),
  );
}

async function* csvOf(
  batches: AsyncIterable<ExportRow[]>,
  columns: readonly string[],
): AsyncGenerator<string> {
  yield stringify([[...columns]]);
  for await (const rows of batches) {
    yield stringify(rows, {
      columns: [...columns],
      cast: { string: disarmFormula, boolean: String },
      quoted_match: /[\r\n]/,
    });
  }
}
