/*
 * Tells a file that is plainly of another kind than CSV in UTF-8, by its first bytes and its header. Read as CSV it would
 * only give "the header lacks ...", or a fault for each line.
 */

const AS_CSV = 'save it as "CSV UTF-8", with commas';

/** Kinds of files by their first bytes, and what to do about them. */
const SIGNATURES: [bytes: string, advice: string][] = [
  ['\xff\xfe\0\0', `is in UTF-32: ${AS_CSV}`],
  ['\0\0\xfe\xff', `is in UTF-32: ${AS_CSV}`],
  ['\xff\xfe', `is in UTF-16: ${AS_CSV}`],
  ['\xfe\xff', `is in UTF-16: ${AS_CSV}`],
  [
    'PK\x03\x04',
    `is a ZIP archive or an Excel workbook: unpack the archive, or open the workbook and ${AS_CSV}`,
  ],
  ['PK\x05\x06', 'is an empty ZIP archive'],
  ['\xd0\xcf\x11\xe0', `is an Excel workbook: open it and ${AS_CSV}`],
  ['\x1f\x8b', 'is gzipped: unpack it, or give it a name that ends in .csv.gz or .dat.gz'],
  ['BZh', 'is compressed by bzip2: unpack it'],
  ['\xfd7zXZ\0', 'is compressed by xz: unpack it'],
  ['\x28\xb5\x2f\xfd', 'is compressed by zstd: unpack it'],
  ['7z\xbc\xaf', 'is a 7z archive: unpack it'],
  ['Rar!', 'is a RAR archive: unpack it'],
  ['%PDF-', 'is a PDF document, not a CSV file'],
  ['\x89PNG', 'is an image, not a CSV file'],
  ['\xff\xd8\xff', 'is an image, not a CSV file'],
  ['SQLite format 3\0', 'is an SQLite database, not a CSV file'],
];

/** The bytes in which a header begins, whose names are in ASCII whatever the language of the rows is. */
const HEADER_BYTES = 32;

/** How many bytes of a file are looked at. */
export const HEAD_BYTES = 4_096;

/**
 * What a file is instead of a text in UTF-8 or Latin-1.
 * @param head its first bytes
 * @returns a fault that says what to do, or null
 */
export function binaryFault(head: Buffer): string | null {
  const text = head.toString('latin1');
  const signature = SIGNATURES.find(([bytes]) => text.startsWith(bytes));
  if (signature) return signature[1];
  if (isUtf16(head) || isUtf16(head.subarray(0, HEADER_BYTES))) return `is in UTF-16: ${AS_CSV}`;
  const [even, odd] = nulsIn(head);
  return even + odd > head.length / 5 ? 'is no text file: it is full of NUL bytes' : null;
}

/** Whether every second byte is mostly NUL. */
function isUtf16(bytes: Buffer): boolean {
  const [even, odd] = nulsIn(bytes);
  return Math.max(even, odd) > bytes.length / 5 && Math.min(even, odd) * 4 < Math.max(even, odd);
}

/** The numbers of NUL bytes at even and at odd places. */
function nulsIn(bytes: Buffer): [even: number, odd: number] {
  const nuls: [number, number] = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) nuls[index % 2 === 0 ? 0 : 1] += 1;
  return nuls;
}

/** What a text file is instead of a table, by the beginning of its text. */
export function markupFault(head: string): string | null {
  const start = /^\s*([<{[])/.exec(head)?.[1];
  if (!start) return null;
  return start === '<' ? 'is a web page or XML, not a CSV file' : 'is JSON, not a CSV file';
}

/** What a text file is instead of a JSON array, by the beginning of its text. */
export function jsonFault(head: string): string | null {
  const start = /^\s*(\S)/.exec(head)?.[1];
  if (start === '[') return null;
  if (start === '<') return 'is a web page or XML, not JSON';
  return start === '{' ? 'is a JSON object, not an array of movies' : 'is no JSON array of movies';
}

/** The columns of the files that imports read, by what they are. */
const KNOWN: [columns: string[], name: string][] = [
  [['name', 'about', 'website'], 'platforms.csv'],
  [['id', 'title', 'storyline', 'platform'], 'movies.csv'],
  [['username', 'watchlist', 'rating'], 'reviews.csv'],
  [['movieid', 'title', 'genres'], "MovieLens's movies.csv"],
  [['userid', 'movieid', 'rating', 'timestamp'], "MovieLens's ratings.csv"],
  [['userid', 'movieid', 'tag', 'timestamp'], "MovieLens's tags.csv"],
  [['movieid', 'imdbid', 'tmdbid'], "MovieLens's links.csv"],
  [['show_id', 'title', 'description'], 'a NAME_titles.csv'],
];

const DELIMITERS = { ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' };

/**
 * What a text file is instead of a CSV file with the columns.
 * @param head its first bytes, as Latin-1
 * @param columns the columns that it must have
 * @returns a fault that says what to do, or null
 */
export function headerFault(head: string, columns: readonly string[]): string | null {
  if (/^[^\n]*?\r[^\n]/.test(head)) return `has lines that end in CR alone: ${AS_CSV}`;
  const line = (/[^\r\n]+/.exec(head)?.[0] ?? '').toLowerCase();
  const required = columns.map((column) => column.toLowerCase());
  const matches = (delimiter: string) => {
    const names = new Set(namesIn(line, delimiter));
    return required.filter((name) => names.has(name)).length;
  };
  const byComma = matches(',');
  if (byComma === required.length) return null;
  const markup = markupFault(head);
  if (markup) return markup;
  if (/^"?sep=.?"?$/.test(line)) return `begins with the line ${line}, which only Excel reads: ${AS_CSV}`;
  for (const [delimiter, name] of Object.entries(DELIMITERS)) {
    const isOther = !line.includes(',') && namesIn(line, delimiter).length > 1;
    if (matches(delimiter) > byComma || isOther)
      return `has ${name} between its columns, not commas: ${AS_CSV}`;
  }
  const names = namesIn(line, ',');
  const known = KNOWN.find(([others]) => others.every((column) => names.includes(column)));
  return known
    ? `has the columns of ${known[1]} (${known[0].join(', ')}): is it swapped with another file?`
    : null;
}

/** The names in a header's line. It is split at quoted delimiters too, which no known name has. */
function namesIn(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((name) =>
    name
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}
