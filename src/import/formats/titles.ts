import { PLATFORM_NAME_MAX } from '../../models/stream-platform.js';
import type { Catalogue, ReaderContext } from '../catalogue.js';
import { BadInput, Notes } from '../faults.js';
import type { InputFolder } from '../files.js';
import { csvRows } from '../rows.js';
import { fitMovie } from './fit-movie.js';

const SUFFIX = /_titles\.csv$/;

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
  const catalogue: Catalogue = {
    platforms: [],
    movies: [],
    users: [],
    reviewCount: 0,
    async *reviews() {},
    cut,
    passedOver: new Notes(),
  };
  progress.begin(
    'reading',
    files.reduce((total, { file }) => total + file.bytes, 0),
  );
  for (const { plain, file } of files) {
    const platform = platformOf(plain.replace(SUFFIX, ''));
    if ([...platform.name].length > PLATFORM_NAME_MAX || platform.name === '') {
      faults.add(
        { file: file.name, line: null },
        `a platform's name has 1 to ${PLATFORM_NAME_MAX} characters`,
      );
    }
    catalogue.platforms.push(platform);
    const columns = ['title', 'description'] as const;
    const onBytes = (bytes: number) => progress.advance(bytes);
    for await (const rows of csvRows({ file, columns, faults, onBytes })) {
      for (const row of rows) {
        const { title, description } = row.values;
        const texts = fitMovie(row, { title, storyline: description }, { faults, cut });
        if (texts) catalogue.movies.push({ platform: platform.name, ...texts, active: true });
      }
    }
  }
  return catalogue;
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
