import { transaction } from '../../../database/transactions.js';
import { rasterise } from '../../../media/picture.js';
import { givePoster, storePoster } from '../../../media/posters.js';
import { lockMovies } from '../../../ratings/locks.js';
import { WatchList } from '../../../models/watch-list.js';
import type { DemoFilm } from '../demo-film.js';
import { isOwnFilm, storedFilms, storedPlatforms } from '../stored.js';
import { drawPoster } from './draw.js';

/**
 * Draws posters for the stored demo films that have a design and no poster. A film that somebody has changed gets none.
 * @param goOn asked before each film; false ends the work
 * @returns how many films got one
 * @throws {StoreError} where the store fails
 */
export async function givePosters(goOn: () => Promise<boolean>): Promise<number> {
  let given = 0;
  for (const [film, { id, poster }] of await storedFilms(await storedPlatforms())) {
    const drawing = poster === null ? drawPoster(film) : null;
    if (drawing === null) continue;
    if (!(await goOn())) break;
    const stored = await storePoster(await rasterise(drawing));
    const give = async () => {
      const movie = await lockedIfBare(film, id);
      if (movie) await givePoster(movie, stored);
      return movie !== null;
    };
    if (await transaction(give, { repeatable: true })) given += 1;
  }
  return given;
}

/** Locks a film; null where it is gone, is somebody's own by now, or has a poster. */
async function lockedIfBare(film: DemoFilm, id: number): Promise<WatchList | null> {
  await lockMovies([id], { required: [] });
  const movie = await WatchList.findByPk(id);
  return movie && movie.poster === null && isOwnFilm(film, movie) ? movie : null;
}
