import { readDisarmed } from '../../import/formulas.js';
import { Turns } from '../../import/turns.js';
import { baseName, type NamedFile } from './archive.js';
import { type DateReader, dateReader } from './dates.js';
import { BadFile, type Entry, type Reading } from './entry.js';
import {
  badDate,
  descriptionOf,
  exactDescriptionOf,
  FieldFault,
  imdbIdOf,
  starsOf,
  yearOf,
  yesOrNo,
} from './fields.js';
import { readTable, type Row, type Table } from './table.js';
import { plainText, plainTitle } from './text.js';

/** What lines of a table are. */
type Kind = 'reviews' | 'saved';

/** The columns of dates, the first that has one counts. */
const DATES = ['created', 'daterated', 'date', 'dateadded', 'watcheddate', 'modified'];
/** The columns of ratings, by what they are out of. */
const RATINGS = [
  ['rating', 5],
  ['rating10', 10],
  ['yourrating', 10],
  ['yourated', 10],
] as const;
/** All columns that are read. */
const KNOWN = new Set([
  'title',
  'name',
  'originaltitle',
  'year',
  'titletype',
  'const',
  'imdbid',
  'url',
  'platform',
  'movie',
  'review',
  'spoiler',
  'updated',
  ...DATES,
  ...RATINGS.map(([column]) => column),
]);

const has = (columns: ReadonlySet<string>, ...names: string[]) => names.some((name) => columns.has(name));
const isHeader = (columns: ReadonlySet<string>) => has(columns, 'title', 'name', 'const', 'imdbid');

/** Whether Marquee wrote a table: its formulas are disarmed, and it has more than other sites know of. */
const isOwn = (columns: ReadonlySet<string>) =>
  ['title', 'imdbid', 'platform', 'movie', 'created'].every((name) => columns.has(name));

/**
 * Reads a CSV file of Letterboxd, IMDb or an export of Marquee.
 * @param into gets its lines and what is wrong with them
 * @throws {BadFile} where it is none
 */
export async function readCsvEntries(file: NamedFile, into: Reading): Promise<void> {
  const table = await readTable(file, { known: KNOWN, isHeader }, into);
  const kind = kindOf(file.name, table.columns);
  const turns = new Turns();
  const slashed: string[] = [];
  for (const row of table.rows) {
    slashed.push(...DATES.map((name) => row.field(name)).filter((text) => text.includes('/')));
    await turns.give();
  }
  const dates = dateReader(slashed);
  const read = { file: file.name, kind, table, dates, into };
  for (const row of table.rows) {
    addRow(row, read);
    await turns.give();
  }
  const faults = table.tooLong.map((line) => ({ line, message: 'It has more fields than the header.' }));
  if (table.broken) faults.push(table.broken);
  for (const fault of faults) into.faults.push({ file: file.name, ...fault });
}

function kindOf(path: string, columns: ReadonlySet<string>): Kind {
  if (isOwn(columns)) return columns.has('spoiler') ? 'reviews' : 'saved';
  const name = baseName(path).toLowerCase();
  const isRated = RATINGS.some(([column]) => columns.has(column));
  if (name.startsWith('watched') && !isRated) {
    throw new BadFile(`${name} lists what you have seen, without ratings. Import ratings.csv.`);
  }
  if (/watch-?list|^saved/.test(name)) return 'saved';
  // IMDb’s lists have the member’s ratings beside the movies; an old export of ratings is the same but for one name.
  const isList = has(columns, 'position') && !columns.has('yourated');
  return isRated && !isList ? 'reviews' : 'saved';
}

interface Read {
  file: string;
  kind: Kind;
  table: Table;
  dates: DateReader;
  into: Reading;
}

function addRow(row: Row, read: Read): void {
  const { file, kind, into } = read;
  try {
    const entry = entryOf(row, read);
    if (kind === 'reviews' && entry.rating === null && !entry.description) {
      into.notes.push({ file, line: row.line, message: 'It has neither a rating nor a review.' });
    } else into[kind].push(entry);
  } catch (error) {
    if (!(error instanceof FieldFault)) throw error;
    into.faults.push({ file, line: row.line, message: error.message });
  }
}

function entryOf(row: Row, read: Read): Entry {
  const { file, kind, table } = read;
  const { columns } = table;
  const own = isOwn(columns);
  const text = own ? (name: string) => readDisarmed(row.raw(name)) : (name: string) => row.field(name);
  const title = own ? text('title') : plainTitle(row.field('title') || row.field('name'));
  const imdbId = imdbIdOf(row.field('imdbid') || row.field('const')) ?? imdbIdOf(row.field('url'));
  if (title.trim() === '' && imdbId === null) throw new FieldFault('It has no title and no IMDb id.');
  const type = row
    .field('titletype')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
  const times = timesOf(row, read, own);
  return {
    file,
    line: row.line,
    title,
    originalTitle: plainTitle(row.field('originaltitle')),
    year: yearOf(row.field('year')),
    imdbId,
    isShow: type === '' ? null : /series|show/.test(type),
    isEpisode: type.includes('episode'),
    own: own ? { platform: text('platform'), movie: Number(row.field('movie')) } : null,
    ...(kind === 'reviews' ? reviewOf(row, columns, own) : NO_REVIEW),
    ...times,
  };
}

const NO_REVIEW = { rating: null, description: undefined, spoiler: undefined };

function reviewOf(
  row: Row,
  columns: ReadonlySet<string>,
  own: boolean,
): Pick<Entry, 'rating' | 'description' | 'spoiler'> {
  const [column, outOf] = RATINGS.find(([name]) => row.field(name) !== '') ?? RATINGS[0];
  const rating = starsOf(row.field(column), outOf);
  if (own) {
    const spoiler = yesOrNo('Spoiler', row.field('spoiler'));
    return { rating, description: exactDescriptionOf(readDisarmed(row.raw('review'))), spoiler };
  }
  const description = columns.has('review') ? descriptionOf(plainText(row.field('review'))) : null;
  return { rating, description: description ?? undefined, spoiler: undefined };
}

function timesOf(row: Row, { file, dates, into }: Read, own: boolean): Pick<Entry, 'created' | 'updated'> {
  const column = DATES.find((name) => row.field(name) !== '');
  const text = column === undefined ? '' : row.field(column);
  const created = text === '' ? null : dates(text);
  if (text !== '' && !created) {
    into.notes.push({ file, line: row.line, message: badDate(text) });
  }
  if (!own) return { created, updated: created };
  const changed = row.field('updated');
  const updated = changed === '' ? null : dates(changed);
  if (changed !== '' && !updated) into.notes.push({ file, line: row.line, message: badDate(changed) });
  return { created, updated };
}
