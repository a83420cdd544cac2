import { BLANK, foldCase, textFault, urlFault } from '../../models/validation.js';
import {
  PLATFORM_ABOUT_MAX,
  PLATFORM_NAME_MAX,
  PLATFORM_WEBSITE_MAX,
  StreamPlatform,
} from '../../models/stream-platform.js';
import { STORYLINE_MAX, TITLE_MAX } from '../../models/watch-list.js';
import type { NewMovie, NewPlatform, Reader } from './catalogue.js';
import type { Notes, Place } from '../faults.js';
import type { InputFile } from '../files.js';
import { csvRows } from '../rows.js';
import { NO_BOOLEAN, truthOf } from '../truths.js';

/** Notes a value's fault, if it has one, under its column's name. */
function note(faults: Notes, place: Place, column: string, fault: string | null): void {
  if (fault) faults.add(place, fault, column);
}

/** Reads `platforms.csv`; faults are noted. */
export async function readCsvPlatforms(
  file: InputFile,
  { faults, progress }: Reader,
): Promise<NewPlatform[]> {
  const platforms: NewPlatform[] = [];
  const lines = new Map<string, number>();
  const columns = ['name', 'about', 'website'] as const;
  const onBytes = (bytes: number) => progress.advance(bytes);
  for await (const rows of csvRows({ file, columns, faults, onBytes, disarmed: true })) {
    for (const row of rows) {
      const { name, about, website } = row.values;
      note(faults, row, 'name', textFault(name, { max: PLATFORM_NAME_MAX }));
      note(faults, row, 'about', textFault(about, { max: PLATFORM_ABOUT_MAX }));
      note(faults, row, 'website', textFault(website, { max: PLATFORM_WEBSITE_MAX }) ?? urlFault(website));
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
 * Reads `movies.csv`; faults are noted.
 * @param platforms those that the import makes; a movie may be on one that is there already too
 * @returns the movies, and the index of each by its id in the file
 */
export async function readCsvMovies(
  file: InputFile,
  { faults, progress }: Reader,
  platforms: NewPlatform[],
): Promise<{ movies: NewMovie[]; indexes: Map<string, number> }> {
  const known = new Map(platforms.map(({ name }) => [foldCase(name), true]));
  const platformExists = async (name: string) => {
    const key = foldCase(name);
    if (!known.has(key)) known.set(key, (await StreamPlatform.byName(name)) !== null);
    return known.get(key) as boolean;
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
      const id = row.values.id.trim();
      const active = truthOf(row.values.active, true);
      if (id === '') faults.add(row, BLANK, 'id');
      else if (indexes.has(id)) faults.add(row, `${id} is there twice`, 'id');
      note(faults, row, 'title', textFault(title, { max: TITLE_MAX }));
      note(faults, row, 'storyline', textFault(storyline, { max: STORYLINE_MAX }));
      if (active === undefined) faults.add(row, NO_BOOLEAN, 'active');
      const nameFault = textFault(platform, { max: PLATFORM_NAME_MAX });
      note(faults, row, 'platform', nameFault);
      if (!nameFault && !(await platformExists(platform))) {
        faults.add(row, `there is no platform ${JSON.stringify(platform)}`, 'platform');
      }
      indexes.set(id, movies.length);
      movies.push({ platform, title, storyline, active: active ?? true });
    }
  }
  return { movies, indexes };
}
