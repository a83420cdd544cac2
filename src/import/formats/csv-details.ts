import { genresFault } from '../../models/movie-genres.js';
import { parseTime } from '../../models/time.js';
import { rangeFault } from '../../models/validation.js';
import {
  imdbIdFault,
  type Kind,
  kindFault,
  RUNTIME_MAX,
  RUNTIME_MIN,
  YEAR_MAX,
  YEAR_MIN,
} from '../../models/movie-fields.js';
import type { NewMovie } from '../catalogue.js';
import { splitGenres } from '../genre-list.js';

/** The columns of `movies.csv` with what is known of a movie besides its texts. Empty fields say nothing. */
export const DETAIL_COLUMNS = ['year', 'kind', 'genres', 'runtime', 'imdb_id', 'created'] as const;
type Column = (typeof DETAIL_COLUMNS)[number];

/** The fault of a field that is no time. */
export const NOT_A_MOMENT = 'Not a valid moment, such as 2026-01-31T12:00:00Z.';

/** Reads a movie's details, and the fault of each field that cannot be read. */
export function detailsOf(fields: Record<Column, string>): {
  values: Partial<NewMovie>;
  faults: Record<Column, string | null>;
} {
  const [kind, imdbId] = [fields.kind.trim().toLowerCase(), fields.imdb_id.trim()];
  const genres = splitGenres(fields.genres);
  const created = parseTime(fields.created)?.time;
  return {
    values: {
      year: wholeNumber(fields.year),
      genres,
      runtime: wholeNumber(fields.runtime),
      imdb_id: imdbId || null,
      ...(kind !== '' && { kind: kind as Kind }),
      ...(created && { created }),
    },
    faults: {
      year: numberFault(fields.year, YEAR_MIN, YEAR_MAX),
      kind: kind === '' ? null : kindFault(kind),
      genres: genresFault(genres),
      runtime: numberFault(fields.runtime, RUNTIME_MIN, RUNTIME_MAX),
      imdb_id: imdbId === '' ? null : imdbIdFault(imdbId),
      created: created || fields.created.trim() === '' ? null : NOT_A_MOMENT,
    },
  };
}

/** A whole number; null for an empty field. Pandas writes `1995.0`. */
function wholeNumber(text: string): number | null {
  if (text.trim() === '') return null;
  return /^\s*[+-]?\d{1,15}(\.0*)?\s*$/.test(text) ? Number(text) : NaN;
}

function numberFault(text: string, min: number, max: number): string | null {
  const number = wholeNumber(text);
  return number === null ? null : rangeFault(number, min, max);
}
