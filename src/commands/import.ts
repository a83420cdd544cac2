import { parseArgs } from 'node:util';
import type { Catalogue, ReaderContext } from '../import/catalogue.js';
import { readCsv } from '../import/csv.js';
import { Notes } from '../import/faults.js';
import { InputFolder } from '../import/files.js';
import { readMovieLens } from '../import/formats/movielens.js';
import { Progress } from '../import/progress.js';
import { summaryOf } from '../import/summary.js';
import { readTitles } from '../import/formats/titles.js';
import { write } from '../import/write.js';
import { print } from './output.js';
import { prepareDatabase, run, UsageError } from './run.js';

const USAGE = `Usage: npm run import -- --format movielens|titles|csv FOLDER

  movielens  movies and ratings, as MovieLens 1M (.dat) or latest-small (.csv) has them
  titles     NAME_titles.csv files, each one platform's catalogue
  csv        platforms.csv, movies.csv, reviews.csv; some may be absent

Any file may be gzipped (.gz). What is there already is left as it is.`;

const FORMATS: Record<string, (folder: InputFolder, reader: ReaderContext) => Promise<Catalogue>> = {
  movielens: readMovieLens,
  titles: readTitles,
  csv: readCsv,
};

await run(USAGE, async (args) => {
  const started = performance.now();
  const { values, positionals } = parseArgs({
    args,
    options: { format: { type: 'string' } },
    allowPositionals: true,
  });
  const read = Object.hasOwn(FORMATS, values.format ?? '') ? FORMATS[values.format as string] : undefined;
  if (!read) throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(', ')}`);
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new UsageError('Name one folder to import');
  const folder = new InputFolder(path);
  const progress = new Progress();
  await prepareDatabase();
  try {
    const faults = new Notes();
    const catalogue = await read(folder, { faults, progress });
    progress.end();
    faults.refuseAny();
    const written = await write(catalogue, progress);
    const seconds = (performance.now() - started) / 1_000;
    print(summaryOf(catalogue, written, seconds));
  } finally {
    progress.end();
  }
  return 0;
});
