import { chunks, selectIds } from '../database/sql/row-locks.js';
import type { Catalogue, ReaderContext } from './catalogue.js';
import { readCsvMovies } from './formats/csv-movies.js';
import { readCsvPlatforms } from './formats/csv-platforms.js';
import { CsvReviews } from './formats/csv-reviews.js';
import { BadInput, Notes } from './faults.js';
import { type InputFolder, sizeOf } from './files.js';
import { forEachInTurns } from './turns.js';

/**
 * Reads a folder in Marquee's own format: `platforms.csv`, `movies.csv` and `reviews.csv`. Some may be absent.
 * @param options.ofStored whether reviews without a `movies.csv` belong to movies in the database, by their ids
 * @throws {BadInput} if the folder holds none of the files, or reviews without their movies
 */
export async function readCsv(
  folder: InputFolder,
  reader: ReaderContext,
  { ofStored = false } = {},
): Promise<Catalogue> {
  const [platformFile, movieFile, reviewFile] = ['platforms.csv', 'movies.csv', 'reviews.csv'].map((name) =>
    folder.find(name),
  );
  if (!platformFile && !movieFile && !reviewFile) {
    throw new BadInput(
      `${folder.path} holds none of platforms.csv, movies.csv and reviews.csv (each may be gzipped)`,
    );
  }
  if (reviewFile && !movieFile && !ofStored) {
    throw new BadInput(`${folder.path} holds ${reviewFile.name}, but no movies.csv, whose ids it refers to`);
  }
  reader.progress.begin('reading', sizeOf([platformFile, movieFile, reviewFile]));
  const platforms = platformFile ? await readCsvPlatforms(platformFile, reader) : [];
  const { movies, indexes } = movieFile
    ? await readCsvMovies(movieFile, reader, platforms)
    : { movies: [], indexes: new Map<string, number>() };
  const storedMovies =
    reviewFile && !movieFile ? await existingMovieIds(await CsvReviews.movieIds(reviewFile)) : undefined;
  await forEachInTurns(storedMovies ?? [], (id, index) => indexes.set(String(id), index));
  const reviews = reviewFile ? new CsvReviews(reviewFile, indexes) : null;
  await reviews?.check(reader);
  return {
    platforms,
    movies,
    ...(storedMovies && { storedMovies }),
    users: reviews?.users ?? [],
    reviewCount: reviews?.count ?? 0,
    reviews: () => reviews?.batches() ?? noBatches(),
    cut: new Notes(),
    passedOver: reviews?.passedOver ?? new Notes(),
    leftEmpty: new Notes(),
  };
}

/** The ids of existing movies among these. */
async function existingMovieIds(ids: Set<string>): Promise<number[]> {
  const numbers: number[] = [];
  await forEachInTurns([...ids], (id) => {
    if (/^[1-9]\d{0,14}$/.test(id)) numbers.push(Number(id));
  });
  const existing: number[] = [];
  for (const chunk of chunks(numbers)) {
    existing.push(...(await selectIds('SELECT id FROM watch_lists WHERE id IN (?) ORDER BY id', [chunk])));
  }
  return existing;
}

async function* noBatches() {}
