import { BLANK, foldCase, textFault, urlFault } from '../../models/validation.js';
import {
  PLATFORM_ABOUT_MAX,
  PLATFORM_NAME_MAX,
  PLATFORM_WEBSITE_MAX,
  StreamPlatform,
} from '../../models/stream-platform.js';
import { STORYLINE_MAX, TITLE_MAX } from '../../models/watch-list.js';
import type { NewMovie, NewPlatform, ReaderContext } from '../catalogue.js';
import type { Notes, Place } from '../faults.js';
import type { InputFile } from '../files.js';
import { csvRows } from '../rows.js';
import { NOT_A_BOOLEAN, parseBoolean } from './booleans.js';
import { localId } from './local-id.js';

/** How many platforms that do not exist are looked up and named. */
const LOOKED_UP = 1_000;

/** Adds the fault of a column's value, if it has one. */
function addFault(faults: Notes, place: Place, column: string, fault: string | null): void {
  if (fault) faults.add(place, fault, column);
}

/** Reads `platforms.csv`. Faults are collected, not thrown. */
export async function readCsvPlatforms(
  file: InputFile,
  { faults, progress }: ReaderContext,
): Promise<NewPlatform[]> {
  const platforms: NewPlatform[] = [];
  const lines = new Map<string, number>();
  const columns = ['name', 'about', 'website'] as const;
  const onBytes = (bytes: number) => progress.advance(bytes);
  for await (const rows of csvRows({ file, columns, faults, onBytes, disarmed: true })) {
    for (const row of rows) {
      const { name, about, website } = row.values;
      addFault(faults, row, 'name', textFault(name, { max: PLATFORM_NAME_MAX }));
      addFault(faults, row, 'about', textFault(about, { max: PLATFORM_ABOUT_MAX }));
      addFault(
        faults,
        row,
        'website',
        textFault(website, { max: PLATFORM_WEBSITE_MAX }) ?? urlFault(website),
      );
      const key = foldCase(name);
      const earlier = lines.get(key);
      if (earlier) faults.add(row, `the platform ${name} is in line ${earlier} too`, 'name');
      lines.set(key, earlier ?? row.line);
      platforms.push({ name, about, website });
    }
  }
  return platforms;
}

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
  const columns = ['id', 'title', 'storyline', 'platform', 'active'] as const;
  const onBytes = (bytes: number) => progress.advance(bytes);
  for await (const rows of csvRows({
    file,
    columns,
    optional: ['active'],
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
      addFault(faults, row, 'title', textFault(title, { max: TITLE_MAX }));
      addFault(faults, row, 'storyline', textFault(storyline, { max: STORYLINE_MAX }));
      if (active === undefined) faults.add(row, NOT_A_BOOLEAN, 'active');
      const nameFault = textFault(platform, { max: PLATFORM_NAME_MAX });
      addFault(faults, row, 'platform', nameFault);
      if (!nameFault && !(await platformExists(platform))) {
        faults.add(row, `there is no platform ${JSON.stringify(platform)}`, 'platform');
      }
      indexes.set(id, movies.length);
      movies.push({ platform, title, storyline, active: active ?? true });
    }
  }
  return { movies, indexes };
}
