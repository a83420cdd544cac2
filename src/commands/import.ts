import { parseArgs } from 'node:util';
import type { Catalogue, ReaderContext } from '../import/catalogue.js';
import { readCsv } from '../import/csv.js';
import { Notes } from '../import/faults.js';
import { InputFolder } from '../import/files.js';
import { readMovieLens } from '../import/formats/movielens.js';
import { Progress } from '../import/progress.js';
import { importPosters } from '../import/posters.js';
import { postersSummary, summaryOf } from '../import/summary.js';
import { readTitles } from '../import/formats/titles.js';
import { readWikipedia } from '../import/formats/wikipedia.js';
import { write } from '../import/write.js';
import { print } from './output.js';
import { prepareDatabase, run, UsageError } from './run.js';

/** A format of imports. */
interface Format {
  /** The files in the folder, for the usage. */
  files: string;
  /** Imports a folder. Returns the summary. */
  run(folder: InputFolder, progress: Progress): Promise<string>;
}

const FORMATS: Record<string, Format> = {
  movielens: {
    files: 'movies, ratings and links, as MovieLens 1M (.dat) or latest-small (.csv) has them',
    run: catalogueFrom(readMovieLens),
  },
  titles: { files: "NAME_titles.csv files, each one platform's catalogue", run: catalogueFrom(readTitles) },
  wikipedia: {
    files: 'movies-*.json files, as wikipedia-movie-data has them for each decade',
    run: catalogueFrom(readWikipedia),
  },
  csv: {
    files: 'platforms.csv, movies.csv, reviews.csv; some may be absent',
    run: catalogueFrom(readCsv),
  },
  posters: {
    files: 'pictures, each named by the id of its movie, such as 12.jpg or tt0113277.webp',
    run: runPosters,
  },
};

const USAGE = `Usage: npm run import -- --format ${Object.keys(FORMATS).join('|')} FOLDER

${Object.entries(FORMATS)
  .map(([name, { files }]) => `  ${name.padEnd(10)} ${files}`)
  .join('\n')}

Any file but a picture may be gzipped (.gz). What is there already is left as it is, but for details of movies that are
empty: year, kind, genres, runtime and imdb_id are filled in.`;

/** Reads a catalogue and writes it, if all of it is valid. */
function catalogueFrom(read: (folder: InputFolder, reader: ReaderContext) => Promise<Catalogue>) {
  return async (folder: InputFolder, progress: Progress): Promise<string> => {
    const started = performance.now();
    const faults = new Notes();
    const catalogue = await read(folder, { faults, progress });
    progress.end();
    faults.refuseAny();
    const written = await write(catalogue, progress);
    return summaryOf(catalogue, written, (performance.now() - started) / 1_000);
  };
}

async function runPosters(folder: InputFolder, progress: Progress): Promise<string> {
  const started = performance.now();
  const written = await importPosters(folder, { faults: new Notes(), progress });
  return postersSummary(written, (performance.now() - started) / 1_000);
}

await run(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    options: { format: { type: 'string' } },
    allowPositionals: true,
  });
  const format = Object.hasOwn(FORMATS, values.format ?? '') ? FORMATS[values.format as string] : undefined;
  if (!format) throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(', ')}`);
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new UsageError('Name one folder to import');
  const folder = new InputFolder(path);
  const progress = new Progress();
  await prepareDatabase();
  try {
    print(await format.run(folder, progress));
  } finally {
    progress.end();
  }
  return 0;
});
