import { binaryFault, HEAD_BYTES } from '../../import/file-kind.js';
import { isArchive, type NamedFile, unpack } from './archive.js';
import { readCsvEntries } from './csv-entries.js';
import { BadFile, type Reading } from './entry.js';
import { readTrakt } from './trakt.js';

/** The files of an archive that are read, in this order. */
const WANTED = [
  /^ratings[\w-]*\.(csv|json)$/i,
  /^reviews\.csv$/i,
  /^comments[\w-]*\.json$/i,
  /^(watchlist|saved)\.csv$/i,
  /^(lists-)?watchlist[\w-]*\.json$/i,
];

const rankOf = (name: string) => WANTED.findIndex((pattern) => pattern.test(name));

/**
 * Reads what a member brings along: a CSV file, a JSON file, or a ZIP archive of them.
 * @param upload its name counts where its content does not tell
 * @throws {BadFile} where it is none of these, or holds nothing to import
 */
export async function readMemberData({ name, content }: NamedFile): Promise<Reading> {
  const reading: Reading = { reviews: [], saved: [], faults: [], notes: [], lines: 0 };
  const files = isArchive(content) ? await filesOf(name, content) : [{ name, content }];
  for (const file of files) {
    const head = file.content.subarray(0, HEAD_BYTES);
    if (/^(?:\xef\xbb\xbf)?\s*[[{]/.test(head.toString('latin1'))) await readTrakt(file, reading);
    else {
      requireText(file.name, head);
      await readCsvEntries(file, reading);
    }
  }
  return reading;
}

/** UTF-16 is read, whatever else is no text is not. */
function requireText(name: string, head: Buffer): void {
  const fault = binaryFault(head);
  if (fault !== null && !/^\xff\xfe|^\xfe\xff/.test(head.toString('latin1', 0, 2))) {
    throw new BadFile(`${name} ${fault}.`);
  }
  if (/^\s*</.test(head.toString('latin1')))
    throw new BadFile(`${name} is a web page or XML, not a CSV file.`);
}

async function filesOf(name: string, content: Buffer): Promise<NamedFile[]> {
  const files = await unpack(content, (file) => rankOf(file) >= 0);
  const byFolder = shallowest(files);
  if (byFolder.length === 0) {
    throw new BadFile(
      `${name} holds none of ratings.csv, reviews.csv, watchlist.csv, saved.csv and Trakt’s JSON files.`,
    );
  }
  return byFolder.toSorted((a, b) => rankOf(lastPart(a.name)) - rankOf(lastPart(b.name)));
}

const lastPart = (name: string) => name.slice(name.lastIndexOf('/') + 1);
const depthOf = (name: string) => name.split('/').length;

/** Those in the topmost of the folders: what lies deeper is something else of the same name. */
function shallowest(files: NamedFile[]): NamedFile[] {
  const depth = Math.min(...files.map(({ name }) => depthOf(name)));
  return files.filter(({ name }) => depthOf(name) === depth);
}
