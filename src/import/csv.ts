import { chunks, selectIds } from '../database/sql/row-locks.js';
import type { Catalogue, Reader } from './formats/catalogue.js';
import { readCsvMovies, readCsvPlatforms } from './formats/csv-movies.js';
import { CsvReviews } from './formats/csv-reviews.js';
import { BadInput, Notes } from './faults.js';
import type { InputFolder } from './files.js';

/**
 * Reads a folder in Marquee's own format: `platforms.csv`, `movies.csv` and `reviews.csv`, of which some may be absent.
 * @param options.ofStored whether reviews without a `movies.csv` are of the movies that are there, by their ids
 * @throws {BadInput} where the folder holds none of them, or reviews without the movies that they are of
 */
export async function readCsv(
  folder: InputFolder,
  reader: Reader,
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
  const bytes = [platformFile, movieFile, reviewFile].reduce((total, file) => total + (file?.bytes ?? 0), 0);
  reader.progress.begin('reading', bytes);
  const platforms = platformFile ? await readCsvPlatforms(platformFile, reader) : [];
  const { movies, indexes } = movieFile
    ? await readCsvMovies(movieFile, reader, platforms)
    : { movies: [], indexes: new Map<string, number>() };
  const storedMovies =
    reviewFile && !movieFile ? await storedAmong(await CsvReviews.movieIds(reviewFile)) : undefined;
  storedMovies?.forEach((id, index) => indexes.set(String(id), index));
  const reviews = reviewFile ? new CsvReviews(reviewFile, indexes) : null;
  await reviews?.check(reader);
  return {
    platforms,
    movies,
    ...(storedMovies && { storedMovies }),
    users: reviews?.users ?? [],
    reviewCount: reviews?.count ?? 0,
    reviews: () => reviews?.batches() ?? nothing(),
    cut: new Notes(),
    passedOver: reviews?.passedOver ?? new Notes(),
  };
}

/** Those of the ids that are movies' ids. */
async function storedAmong(ids: Set<string>): Promise<number[]> {
  const numbers = [...ids].filter((id) => /^[1-9]\d{0,14}$/.test(id)).map(Number);
  const found: number[] = [];
  for (const chunk of chunks(numbers)) {
    found.push(...(await selectIds('SELECT id FROM watch_lists WHERE id IN (?) ORDER BY id', [chunk])));
  }
  return found;
}

async function* nothing() {}
