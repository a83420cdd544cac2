import { PLATFORM_NAME_MAX } from '../../models/stream-platform.js';
import type { Kind } from '../../models/movie-fields.js';
import type { Catalogue, ReaderContext } from '../catalogue.js';
import { BadInput, Notes, type Place } from '../faults.js';
import { type InputFolder, sizeOf } from '../files.js';
import { csvRows } from '../rows.js';
import { fitMovie } from './fit-movie.js';
import { ForeignDetails } from './foreign-details.js';

const SUFFIX = /_titles\.csv$/;

const OPTIONAL = ['type', 'release_year', 'rating', 'duration', 'listed_in'] as const;
const COLUMNS = ['title', 'description', ...OPTIONAL] as const;

const KINDS: Record<string, Kind> = { movie: 'movie', 'tv show': 'show' };

const MINUTES = /^\s*(\d{1,15}) min\s*$/i;
const SEASONS = /^\s*\d+ seasons?\s*$/i;

/** The websites of the services whose catalogues are on Kaggle. */
const WEBSITES = new Map(
  Object.entries({
    amazon_prime: 'https://www.primevideo.com/',
    disney_plus: 'https://www.disneyplus.com/',
    hulu: 'https://www.hulu.com/',
    netflix: 'https://www.netflix.com/',
  }),
);

/**
 * Reads a folder of `NAME_titles.csv` files, each with one platform's catalogue.
 * @throws {BadInput} if the folder holds none
 */
export async function readTitles(
  folder: InputFolder,
  { faults, progress }: ReaderContext,
): Promise<Catalogue> {
  const files = folder.matching(SUFFIX);
  if (files.length === 0)
    throw new BadInput(`${folder.path} holds no file like netflix_titles.csv (or .csv.gz)`);
  const cut = new Notes();
  const details = new ForeignDetails(cut);
  const catalogue: Catalogue = {
    platforms: [],
    movies: [],
    users: [],
    reviewCount: 0,
    async *reviews() {},
    cut,
    passedOver: new Notes(),
    leftEmpty: details.leftEmpty,
  };
  progress.begin('reading', sizeOf(files.map(({ file }) => file)));
  for (const { plain, file } of files) {
    const platform = platformOf(plain.replace(SUFFIX, ''));
    if ([...platform.name].length > PLATFORM_NAME_MAX || platform.name === '') {
      faults.add(
        { file: file.name, line: null },
        `a platform's name has 1 to ${PLATFORM_NAME_MAX} characters`,
      );
    }
    catalogue.platforms.push(platform);
    const onBytes = (bytes: number) => progress.advance(bytes);
    for await (const rows of csvRows({ file, columns: COLUMNS, optional: OPTIONAL, faults, onBytes })) {
      for (const row of rows) {
        const { title, description } = row.values;
        const texts = fitMovie(row, { title, storyline: description }, { faults, cut });
        if (!texts) continue;
        catalogue.movies.push({
          platform: platform.name,
          ...texts,
          active: true,
          year: details.year(row, row.values.release_year),
          kind: kindOf(row, row.values.type, details),
          genres: details.genres(row, row.values.listed_in.split(', ')),
          runtime: runtimeOf(row, row.values, details),
        });
      }
    }
  }
  return catalogue;
}

function kindOf(place: Place, type: string, details: ForeignDetails): Kind | undefined {
  const word = type.trim().toLowerCase();
  if (word !== '' && !Object.hasOwn(KINDS, word)) details.leave(place, 'kind', type);
  return KINDS[word];
}

/** The minutes of a duration. In some rows it stands in the column of the age rating; seasons are no runtime. */
function runtimeOf(
  place: Place,
  { duration, rating }: { duration: string; rating: string },
  details: ForeignDetails,
): number | null {
  const text = duration.trim() || (MINUTES.test(rating) ? rating.trim() : '');
  if (text === '' || SEASONS.test(text)) return null;
  return details.runtime(place, MINUTES.exec(text)?.[1] ?? text);
}

/** The platform of `NAME_titles.csv`: `disney_plus` becomes Disney Plus. */
function platformOf(fileName: string) {
  const name = fileName
    .split('_')
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
  // `.invalid` never resolves: an unknown service's address is not guessed.
  const host =
    fileName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'platform';
  return {
    name,
    about: `The catalogue of ${name}.`,
    website: WEBSITES.get(fileName.toLowerCase()) ?? `https://${host}.invalid/`,
  };
}
