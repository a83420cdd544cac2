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
import { write } from '../import/write.js';
import { print } from './output.js';
import { prepareDatabase, run, UsageError } from './run.js';

const USAGE = `Usage: npm run import -- --format movielens|titles|csv|posters FOLDER

  movielens  movies and ratings, as MovieLens 1M (.dat) or latest-small (.csv) has them
  titles     NAME_titles.csv files, each one platform's catalogue
  csv        platforms.csv, movies.csv, reviews.csv; some may be absent
  posters    pictures, each named by the id of its movie, such as 12.jpg or tt0113277.webp

Any file may be gzipped (.gz). What is there already is left as it is.`;

const FORMATS: Record<string, (folder: InputFolder, reader: ReaderContext) => Promise<Catalogue>> = {
  movielens: readMovieLens,
  titles: readTitles,
  csv: readCsv,
};

/** The format whose files are pictures and no tables. */
const POSTERS = 'posters';

await run(USAGE, async (args) => {
  const started = performance.now();
  const { values, positionals } = parseArgs({
    args,
    options: { format: { type: 'string' } },
    allowPositionals: true,
  });
  const format = values.format ?? '';
  const read = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (!read && format !== POSTERS)
    throw new UsageError(`--format must be one of ${[...Object.keys(FORMATS), POSTERS].join(', ')}`);
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new UsageError('Name one folder to import');
  const folder = new InputFolder(path);
  const progress = new Progress();
  await prepareDatabase();
  const seconds = () => (performance.now() - started) / 1_000;
  try {
    const faults = new Notes();
    if (!read) {
      print(postersSummary(await importPosters(folder, { faults, progress }), seconds()));
      return 0;
    }
    const catalogue = await read(folder, { faults, progress });
    progress.end();
    faults.refuseAny();
    const written = await write(catalogue, progress);
    print(summaryOf(catalogue, written, seconds()));
  } finally {
    progress.end();
  }
  return 0;
});
