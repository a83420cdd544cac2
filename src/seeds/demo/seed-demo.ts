import type { CreationAttributes } from 'sequelize';
import { transaction } from '../../database/transactions.js';
import { lockGenres } from '../../ratings/locks.js';
import { Review } from '../../models/review.js';
import { StreamPlatform } from '../../models/stream-platform.js';
import { User } from '../../models/user.js';
import { WatchList } from '../../models/watch-list.js';
import type { DemoFacts } from './demo-film.js';
import { plannedReviews } from './plan.js';
import { demoPlatforms } from './platforms.js';
import { askForPosters } from './posters-due.js';
import { demoReviewers } from './reviewers.js';
import { emailOf, isOwnFilm, isOwnUser, storedFilms, storedPlatforms, storedUsers } from './stored.js';

const DAY_MS = 86_400_000;

/** Gives the date that is this many days before the seeding. */
type Calendar = (daysAgo: number) => Date;

/** How many records of each kind were added or removed. */
export interface DemoCounts {
  platforms: number;
  users: number;
  films: number;
  reviews: number;
}

/**
 * Adds the missing records of the demo catalogue, in one transaction. Other records with the same names stay as they are:
 * nothing is written in a real user's name, and no real film is reviewed.
 * @param now the time that the catalogue's dates are counted back from
 * @returns how many records it added
 */
export async function seedDemo(now = new Date()): Promise<DemoCounts> {
  const calendar: Calendar = (daysAgo) => new Date(now.getTime() - daysAgo * DAY_MS);
  return transaction(async () => {
    const added = {
      platforms: await addPlatforms(),
      users: await addUsers(calendar),
      films: await addFilms(calendar),
      reviews: await addReviews(calendar),
    };
    if (added.films > 0) await askForPosters();
    return added;
  });
}

async function addPlatforms(): Promise<number> {
  const stored = await storedPlatforms({ lock: true });
  // Before the users, which are written next: see the lock order in `src/ratings/locks.ts`.
  await lockGenres();
  const missing = demoPlatforms.filter((platform) => !stored.has(platform));
  await StreamPlatform.bulkCreate(missing.map(({ name, about, website }) => ({ name, about, website })));
  return missing.length;
}

async function addUsers(calendar: Calendar): Promise<number> {
  const stored = await storedUsers();
  const missing = demoReviewers.filter((reviewer) => !stored.has(reviewer));
  await User.bulkCreate(
    missing.map((reviewer) => ({
      username: reviewer.username,
      email: emailOf(reviewer),
      password: null,
      date_joined: calendar(reviewer.joinedDaysAgo),
    })),
  );
  return missing.length;
}

async function addFilms(calendar: Calendar): Promise<number> {
  const platforms = await storedPlatforms();
  const stored = await storedFilms(platforms);
  const missing = [...platforms].flatMap(([{ films }, { id }]) =>
    films
      .filter((film) => !stored.has(film))
      .map(({ title, storyline, facts, daysAgo, active = true }) => ({
        title,
        ...detailsOf(facts),
        storyline,
        active,
        platform_id: id,
        created: calendar(daysAgo),
      })),
  );
  await WatchList.bulkCreate(missing);
  return missing.length;
}

function detailsOf([year, runtime, genres, imdb_id]: DemoFacts) {
  return { year, runtime, kind: 'movie' as const, genres: genres.split('|'), imdb_id: imdb_id ?? null };
}

async function addReviews(calendar: Calendar): Promise<number> {
  const films = await storedFilms(await storedPlatforms());
  const users = await storedUsers();
  const written = await Review.findAll({
    where: { user_id: [...users.values()].map(({ id }) => id) },
    attributes: ['user_id', 'watchlist_id'],
  });
  const taken = new Set(written.map(({ user_id, watchlist_id }) => `${user_id} ${watchlist_id}`));
  const missing = plannedReviews().flatMap((review): CreationAttributes<Review>[] => {
    const film = films.get(review.film);
    const user = users.get(review.reviewer);
    if (!film || !isOwnFilm(review.film, film)) return [];
    if (!user || !isOwnUser(review.reviewer, user) || taken.has(`${user.id} ${film.id}`)) return [];
    const { rating, description, spoiler, active } = review;
    const created = calendar(review.daysAgo);
    return [
      {
        user_id: user.id,
        watchlist_id: film.id,
        rating,
        description,
        spoiler,
        active,
        created,
        updated: created,
      },
    ];
  });
  await Review.bulkCreate(missing.toSorted((a, b) => Number(a.created) - Number(b.created)));
  return missing.length;
}
