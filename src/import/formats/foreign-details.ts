import { genreFault } from '../../models/genre.js';
import { distinct, GENRES_MAX } from '../../models/movie-genres.js';
import { rangeFault } from '../../models/validation.js';
import { imdbIdFault, RUNTIME_MAX, RUNTIME_MIN, YEAR_MAX, YEAR_MIN } from '../../models/movie-fields.js';
import { Notes, type Place } from '../faults.js';

/** A number, or the text of one; null or '' where it is not known. */
type Field = string | number | null;

/**
 * Reads details of movies from files that others have made. A value that a movie cannot have is no fault: the detail is left
 * empty, and noted.
 */
export class ForeignDetails {
  /** The values that are left out. */
  readonly leftEmpty = new Notes();

  /** @param cut notes the movies that lose genres since they have too many */
  constructor(private readonly cut: Notes) {}

  /** @param year a number, or a field of a table; null or '' where it is not known */
  year(place: Place, year: Field): number | null {
    return this.#number(place, 'year', year, YEAR_MIN, YEAR_MAX);
  }

  /** @param minutes as of `year` */
  runtime(place: Place, minutes: Field): number | null {
    return this.#number(place, 'runtime', minutes, RUNTIME_MIN, RUNTIME_MAX);
  }

  /** @param digits an id of IMDb with or without `tt` and its leading zeros; '' where it is not known */
  imdbId(place: Place, digits: string): string | null {
    if (digits.trim() === '') return null;
    const id = `tt${digits.trim().replace(/^tt/, '').padStart(7, '0')}`;
    if (imdbIdFault(id) === null) return id;
    this.leave(place, 'imdb_id', digits);
    return null;
  }

  /** Names of genres as they are written, the first ten of them. */
  genres(place: Place, names: readonly string[]): string[] {
    const valid = names
      .map((name) => name.trim())
      .filter((name) => {
        const isValid = name !== '' && genreFault(name) === null;
        if (name !== '' && !isValid) this.leave(place, 'genres', name);
        return isValid;
      });
    const different = distinct(valid);
    if (different.length > GENRES_MAX) {
      this.cut.add(place, `genres cut from ${different.length} to ${GENRES_MAX}`);
    }
    return different.slice(0, GENRES_MAX);
  }

  /** Notes a value that a detail cannot have. */
  leave(place: Place, detail: string, value: unknown): void {
    this.leftEmpty.add(place, `${detail}: ${JSON.stringify(value)} is left out`);
  }

  #number(place: Place, detail: string, field: Field, min: number, max: number): number | null {
    const value = typeof field === 'string' ? numberIn(field.trim()) : field;
    if (value === null || rangeFault(value, min, max) === null) return value;
    this.leave(place, detail, field);
    return null;
  }
}

function numberIn(text: string): number | null {
  if (text === '') return null;
  return /^\d{1,15}(\.0*)?$/.test(text) ? Number(text) : NaN;
}
