import { transaction } from '../../database/transactions.js';
import { lockGenres, lockMovies } from '../../ratings/locks.js';
import { Genre } from '../../models/genre.js';
import { Review } from '../../models/review.js';
import type { StreamPlatform } from '../../models/stream-platform.js';
import { foldCase } from '../../models/validation.js';
import { WatchList } from '../../models/watch-list.js';
import { demoPlatforms } from './platforms.js';
import { forgetPosters } from './posters-due.js';
import type { DemoCounts } from './seed-demo.js';
import { isOwnFilm, isOwnPlatform, isOwnUser, storedFilms, storedPlatforms, storedUsers } from './stored.js';

/**
 * Removes the demo catalogue, and nothing that others have added or changed. A demo user with a password or a role stays
 * with the reviews, a film that others have reviewed stays with their reviews, a platform with films stays, and a genre
 * with movies.
 * @returns how many records it removed
 */
export async function removeDemo(): Promise<DemoCounts> {
  return transaction(async () => {
    // Everything is locked before anything is deleted, in the lock order of `src/ratings/locks.ts`.
    const platforms = await storedPlatforms({ lock: true });
    await lockGenres();
    const users = own(await storedUsers({ lock: true }), isOwnUser);
    const films = own(await storedFilms(platforms), isOwnFilm);
    const reviews = await Review.findAll({
      where: { user_id: users.map(({ id }) => id) },
      attributes: ['watchlist_id'],
    });
    const reviewed = reviews.map(({ watchlist_id }) => watchlist_id);
    await lockMovies([...reviewed, ...films.map(({ id }) => id)], { required: [] });

    for (const user of users) await user.destroy();
    const removedFilms = await removeFilms(films);
    const removedPlatforms = await removePlatforms(own(platforms, isOwnPlatform));
    await removeGenres();
    await forgetPosters();
    return {
      platforms: removedPlatforms,
      users: users.length,
      films: removedFilms,
      reviews: reviews.length,
    };
  });
}

function own<D, R>(stored: ReadonlyMap<D, R>, isOwn: (demo: D, record: R) => boolean): R[] {
  return [...stored].filter(([demo, record]) => isOwn(demo, record)).map(([, record]) => record);
}

/** Removes the films without reviews, after the demo users' reviews have been removed. */
async function removeFilms(films: WatchList[]): Promise<number> {
  const reviews = await Review.findAll({
    where: { watchlist_id: films.map(({ id }) => id) },
    attributes: ['watchlist_id'],
  });
  const reviewed = new Set(reviews.map(({ watchlist_id }) => watchlist_id));
  const unreviewed = films.filter(({ id }) => !reviewed.has(id));
  for (const film of unreviewed) await film.destroy();
  return unreviewed.length;
}

/** Removes the genres of demo films that no movie has any more. */
async function removeGenres(): Promise<void> {
  const films = demoPlatforms.flatMap((platform) => platform.films);
  const names = films.flatMap(({ facts: [, , genres] }) => genres.split('|'));
  await Genre.destroy({ where: { name_key: [...new Set(names)].map(foldCase), watchlist_count: 0 } });
}

/** Removes the platforms without films. */
async function removePlatforms(platforms: StreamPlatform[]): Promise<number> {
  let removed = 0;
  for (const platform of platforms) {
    if ((await WatchList.count({ where: { platform_id: platform.id } })) > 0) continue;
    await platform.destroy();
    removed += 1;
  }
  return removed;
}
