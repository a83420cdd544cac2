import { parseTime } from '../../models/time.js';
import { Turns } from '../../import/turns.js';
import type { NamedFile } from './archive.js';
import { BadFile, countLines, type Entry, type Reading } from './entry.js';
import { badDate, descriptionOf, FieldFault, imdbIdOf, starsOf, yearOf } from './fields.js';
import { JsonElements, JsonFault } from './json-elements.js';
import { plainText, textPieces } from './text.js';

/** JSON that came from outside. */
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The lists of a whole export that hold ratings, comments or a watchlist. */
const LISTS = new Set(['ratings', 'comments', 'watchlist', 'movies', 'shows', 'items']);

/**
 * Reads a JSON file of Trakt: ratings, comments or a watchlist, as its API and its export have them.
 * @param into gets its elements and what is wrong with them
 * @throws {BadFile} where it is none
 */
export async function readTrakt({ name, content }: NamedFile, into: Reading): Promise<void> {
  const json = new JsonElements(LISTS);
  const turns = new Turns();
  let isAny = false;
  let line = 0;
  try {
    for (const piece of textPieces(content)) {
      for (const text of json.write(piece)) {
        line += 1;
        countLines(into, 1);
        isAny = addElement(JSON.parse(text), { file: name, line }, into) || isAny;
        await turns.give();
      }
      await turns.give();
    }
    json.end();
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof JsonFault)) throw error;
    throw new BadFile(`${name} is broken or cut off: element ${Math.max(1, line)}: ${error.message}.`);
  }
  if (!json.hasLists || (!isAny && line > 0)) throw notTrakt(name);
}

function notTrakt(name: string): BadFile {
  return new BadFile(`${name} is JSON, but holds no ratings or watchlist of Trakt.`);
}

/** @returns whether it is about something of Trakt, movies or not */
function addElement(element: unknown, place: { file: string; line: number }, into: Reading): boolean {
  if (!isObject(element)) return false;
  const kind = ['episode', 'season', 'person', 'movie', 'show'].find((name) => isObject(element[name]));
  if (kind === undefined) return false;
  if (kind !== 'movie' && kind !== 'show') {
    into.notes.push({ ...place, message: `It is about a ${kind}: only movies and shows can be rated here.` });
    return true;
  }
  try {
    const { entry, badTime } = entryOf(element, element[kind] as Json, kind, place);
    if (badTime !== null) into.notes.push({ ...place, message: badDate(badTime) });
    if (entry.rating === null && !entry.description) into.saved.push(entry);
    else into.reviews.push(entry);
  } catch (error) {
    if (!(error instanceof FieldFault)) throw error;
    into.faults.push({ ...place, message: error.message });
  }
  return true;
}

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

function entryOf(
  element: Json,
  subject: Json,
  kind: 'movie' | 'show',
  place: { file: string; line: number },
): { entry: Entry; badTime: string | null } {
  const comment = isObject(element.comment) ? element.comment : {};
  const stats = isObject(comment.user_stats) ? comment.user_stats : {};
  const text = textOf(comment.comment);
  const description = text === '' ? undefined : (descriptionOf(plainText(text)) ?? undefined);
  const ids = isObject(subject.ids) ? subject.ids : {};
  const title = textOf(subject.title);
  const imdbId = imdbIdOf(textOf(ids.imdb));
  if (title === '' && imdbId === null) throw new FieldFault('It has no title and no IMDb id.');
  const time = textOf(element.rated_at) || textOf(comment.created_at) || textOf(element.listed_at);
  const created = parseTime(time)?.time ?? null;
  const entry = {
    ...place,
    title,
    originalTitle: '',
    year: yearOf(textOf(subject.year)),
    imdbId,
    isShow: kind === 'show',
    isEpisode: false,
    own: null,
    rating: starsOf(textOf(element.rating) || textOf(stats.rating), 10),
    description,
    spoiler: comment.spoiler === true ? true : undefined,
    created,
    updated: created,
  };
  return { entry, badTime: time !== '' && !created ? time : null };
}
