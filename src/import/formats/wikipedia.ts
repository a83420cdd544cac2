import { isStorable } from '../../models/validation.js';
import type { Catalogue, NewMovie, ReaderContext } from '../catalogue.js';
import { BadInput, Notes, type Place } from '../faults.js';
import { jsonFault } from '../file-kind.js';
import { type InputFile, type InputFolder, sizeOf } from '../files.js';
import { JsonArrayParser } from '../json-parser.js';
import { recordsOf } from '../records.js';
import { fitMovie, NO_DESCRIPTION } from './fit-movie.js';
import { ForeignDetails } from './foreign-details.js';

const PLATFORM = {
  name: 'Wikipedia',
  about: 'Movies with the first lines of their articles, which Wikipedia has under CC BY-SA 4.0.',
  website: 'https://en.wikipedia.org/',
};

/** The names of the files, one for each decade. */
const FILES = /^movies-.+\.json$/;

/** A style sheet in a title, as scraped articles have it. */
const STYLE = /\.mw-parser-output[^{}]{0,500}\{[^{}]{0,500}\}/g;

interface Collected {
  reader: ReaderContext;
  details: ForeignDetails;
  cut: Notes;
}

/**
 * Reads a folder of `movies-*.json` files, JSON arrays of movies with `title`, `year`, `cast`, `genres` and `extract`.
 * @see https://github.com/prust/wikipedia-movie-data
 * @throws {BadInput} if the folder holds none
 */
export async function readWikipedia(folder: InputFolder, reader: ReaderContext): Promise<Catalogue> {
  const files = folder.matching(FILES);
  if (files.length === 0) {
    throw new BadInput(`${folder.path} holds no file like movies-1990s.json (or .json.gz)`);
  }
  const cut = new Notes();
  const details = new ForeignDetails(cut);
  const movies: NewMovie[] = [];
  reader.progress.begin('reading', sizeOf(files.map(({ file }) => file)));
  for (const { file } of files) {
    for await (const batch of moviesOf(file, { reader, details, cut })) movies.push(...batch);
  }
  return {
    platforms: [PLATFORM],
    movies,
    users: [],
    reviewCount: 0,
    async *reviews() {},
    cut,
    passedOver: new Notes(),
    leftEmpty: details.leftEmpty,
  };
}

async function* moviesOf(file: InputFile, collected: Collected): AsyncGenerator<NewMovie[]> {
  const { faults, progress } = collected.reader;
  const source = { file, faults, onBytes: (bytes: number) => progress.advance(bytes) };
  for await (const records of recordsOf(source, new JsonArrayParser(), jsonFault)) {
    const movies: NewMovie[] = [];
    for (const { line, fields } of records) {
      const place = { file: file.name, line };
      const element = parse(fields[0] ?? '');
      if (typeof element === 'string') faults.add(place, element);
      else {
        const movie = movieOf(place, element, collected);
        if (movie) movies.push(movie);
      }
    }
    yield movies;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses an element.
 * @param text its bytes as Latin-1
 * @returns an object, or the fault of anything else
 */
function parse(text: string): Record<string, unknown> | string {
  let decoded: string;
  try {
    decoded = utf8.decode(Buffer.from(text, 'latin1'));
  } catch {
    return 'is not UTF-8';
  }
  try {
    const value: unknown = JSON.parse(decoded);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : 'is no object with a movie';
  } catch {
    return 'is not JSON';
  }
}

function movieOf(
  place: Place,
  { title, year, cast, genres, extract }: Record<string, unknown>,
  { reader: { faults }, details, cut }: Collected,
): NewMovie | null {
  if (typeof title !== 'string' || !isStorable(title)) {
    faults.add(place, 'Not a valid string.', 'title');
    return null;
  }
  const texts = fitMovie(
    place,
    { title: title.replaceAll(STYLE, ''), storyline: storylineOf(place, { extract, cast }, details) },
    { faults, cut },
  );
  if (!texts) return null;
  return {
    platform: PLATFORM.name,
    ...texts,
    active: true,
    year: yearOf(place, year, details),
    genres: details.genres(place, textsOf(place, 'genres', genres, details)),
  };
}

/** The article's beginning, or without one the cast. */
function storylineOf(
  place: Place,
  { extract, cast }: Record<'extract' | 'cast', unknown>,
  details: ForeignDetails,
): string {
  const [text = ''] = textsOf(place, 'extract', extract === undefined ? [] : [extract], details);
  if (text.trim() !== '') return text;
  const names = textsOf(place, 'cast', cast, details).filter((name) => name.trim() !== '');
  if (names.length === 0) return NO_DESCRIPTION;
  return `With ${new Intl.ListFormat('en').format(names)}.`;
}

function yearOf(place: Place, year: unknown, details: ForeignDetails): number | null {
  if (year === undefined || year === null || typeof year === 'number')
    return details.year(place, year ?? null);
  details.leave(place, 'year', year);
  return null;
}

/** The texts of a list. What is no text, or none that can be stored, is left out. */
function textsOf(place: Place, key: string, list: unknown, details: ForeignDetails): string[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    details.leave(place, key, list);
    return [];
  }
  return list.filter((item): item is string => {
    const isText = typeof item === 'string' && isStorable(item);
    if (!isText && item !== null) details.leave(place, key, item);
    return isText;
  });
}
