import { BLANK, foldCase, textFault } from '../../models/validation.js';
import { PLATFORM_NAME_MAX, StreamPlatform } from '../../models/stream-platform.js';
import { STORYLINE_MAX, TITLE_MAX } from '../../models/movie-fields.js';
import type { NewMovie, NewPlatform, ReaderContext } from '../catalogue.js';
import type { InputFile } from '../files.js';
import { csvRows } from '../rows.js';
import { NOT_A_BOOLEAN, parseBoolean } from './booleans.js';
import { DETAIL_COLUMNS, detailsOf } from './csv-details.js';
import { localId } from './local-id.js';

const OPTIONAL = ['active', ...DETAIL_COLUMNS] as const;
const COLUMNS = ['id', 'title', 'storyline', 'platform', ...OPTIONAL] as const;

/** How many platforms that do not exist are looked up and named. */
const LOOKED_UP = 1_000;

/**
 * Reads `movies.csv`. Faults are collected, not thrown.
 * @param platforms those of the import; a movie may also be on one in the database
 * @returns the movies, and the index of each by its id in the file
 */
export async function readCsvMovies(
  file: InputFile,
  { faults, progress }: ReaderContext,
  platforms: NewPlatform[],
): Promise<{ movies: NewMovie[]; indexes: Map<string, number> }> {
  const known = new Map(platforms.map(({ name }) => [foldCase(name), true]));
  let missing = 0;
  const platformExists = async (name: string) => {
    const key = foldCase(name);
    const isKnown = known.get(key);
    if (isKnown !== undefined) return isKnown;
    // Each look-up is a query, and the import is refused already.
    const exists = missing >= LOOKED_UP || (await StreamPlatform.byName(name)) !== null;
    if (!exists) missing += 1;
    known.set(key, exists);
    return exists;
  };
  const movies: NewMovie[] = [];
  const indexes = new Map<string, number>();
  const onBytes = (bytes: number) => progress.advance(bytes);
  for await (const rows of csvRows({
    file,
    columns: COLUMNS,
    optional: OPTIONAL,
    faults,
    onBytes,
    disarmed: true,
  })) {
    for (const row of rows) {
      const { title, storyline, platform } = row.values;
      const id = localId(row.values.id);
      const active = parseBoolean(row.values.active, true);
      if (id === '') faults.add(row, BLANK, 'id');
      else if (indexes.has(id)) faults.add(row, `${id} is there twice`, 'id');
      const nameFault = textFault(platform, { max: PLATFORM_NAME_MAX });
      faults.addAll(row, {
        title: textFault(title, { max: TITLE_MAX }),
        storyline: textFault(storyline, { max: STORYLINE_MAX }),
        active: active === undefined ? NOT_A_BOOLEAN : null,
        platform: nameFault,
      });
      if (!nameFault && !(await platformExists(platform))) {
        faults.add(row, `there is no platform ${JSON.stringify(platform)}`, 'platform');
      }
      const details = detailsOf(row.values);
      faults.addAll(row, details.faults);
      indexes.set(id, movies.length);
      movies.push({ platform, title, storyline, active: active ?? true, ...details.values });
    }
  }
  return { movies, indexes };
}
