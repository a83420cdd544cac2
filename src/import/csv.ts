import type { Catalogue, Reader } from './catalogue.js';
import { readCsvMovies, readCsvPlatforms } from './csv-movies.js';
import { CsvReviews } from './csv-reviews.js';
import { BadInput, Notes } from './faults.js';
import type { InputFolder } from './files.js';

/**
 * Reads a folder in Marquee's own format: `platforms.csv`, `movies.csv` and `reviews.csv`, of which some may be absent.
 * @throws {BadInput} where the folder holds none of them, or reviews without the movies that they are of
 */
export async function readCsv(folder: InputFolder, reader: Reader): Promise<Catalogue> {
  const [platformFile, movieFile, reviewFile] = ['platforms.csv', 'movies.csv', 'reviews.csv'].map((name) =>
    folder.find(name),
  );
  if (!platformFile && !movieFile && !reviewFile) {
    throw new BadInput(
      `${folder.path} holds none of platforms.csv, movies.csv and reviews.csv (each may be gzipped)`,
    );
  }
  if (reviewFile && !movieFile) {
    throw new BadInput(`${folder.path} holds ${reviewFile.name}, but no movies.csv, whose ids it refers to`);
  }
  const bytes = [platformFile, movieFile, reviewFile].reduce((total, file) => total + (file?.bytes ?? 0), 0);
  reader.progress.begin('reading', bytes);
  const platforms = platformFile ? await readCsvPlatforms(platformFile, reader) : [];
  const { movies, indexes } = movieFile
    ? await readCsvMovies(movieFile, reader, platforms)
    : { movies: [], indexes: new Map<string, number>() };
  const reviews = reviewFile ? new CsvReviews(reviewFile, indexes) : null;
  await reviews?.check(reader);
  return {
    platforms,
    movies,
    users: reviews?.users ?? [],
    reviewCount: reviews?.count ?? 0,
    reviews: () => reviews?.batches() ?? nothing(),
    cut: new Notes(),
    passedOver: reviews?.passedOver ?? new Notes(),
  };
}

async function* nothing() {}
