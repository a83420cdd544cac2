import { Op } from 'sequelize';
import { lockPlatforms } from '../../ratings/locks.js';
import { foldCase } from '../../models/validation.js';
import { StreamPlatform } from '../../models/stream-platform.js';
import { User } from '../../models/user.js';
import { WatchList } from '../../models/watch-list.js';
import type { DemoFilm } from './demo-film.js';
import { type DemoPlatform, demoPlatforms } from './platforms.js';
import { type DemoReviewer, demoReviewers } from './reviewers.js';

/*
 * Finds the stored records with names of the demo catalogue, and tells which are the catalogue's own: those that nobody
 * has changed since, as opposed to a real user's or an import's record of the same name.
 */

/** Whether rows are locked until the transaction ends. */
interface Reading {
  lock?: boolean;
}

/** The address of a demo user, which can never receive mail. */
export function emailOf(reviewer: DemoReviewer): string {
  return `${reviewer.username}@marquee.example`;
}

/** The stored platforms with the name of a demo platform. */
export async function storedPlatforms({ lock = false }: Reading = {}) {
  const where = { name_key: demoPlatforms.map(({ name }) => foldCase(name)) };
  if (lock) {
    const found = await StreamPlatform.findAll({ attributes: ['id'], where });
    const ids = found.map(({ id }) => id);
    await lockPlatforms(ids, { required: [] });
  }
  const records = await StreamPlatform.findAll({ where, order: ['id'] });
  return pairs(demoPlatforms, records, (demo, record) => foldCase(demo.name) === foldCase(record.name));
}

export function isOwnPlatform(demo: DemoPlatform, record: StreamPlatform): boolean {
  return record.name === demo.name && record.about === demo.about && record.website === demo.website;
}

/** The stored users with the username or address of a demo user. */
export async function storedUsers({ lock = false }: Reading = {}) {
  const usernames = demoReviewers.map(({ username }) => foldCase(username));
  const emails = demoReviewers.map((reviewer) => foldCase(emailOf(reviewer)));
  const records = await User.findAll({
    where: { [Op.or]: [{ username_key: usernames }, { email_key: emails }] },
    order: ['id'],
    lock,
  });
  return pairs(
    demoReviewers,
    records,
    (demo, record) =>
      foldCase(demo.username) === foldCase(record.username) ||
      foldCase(emailOf(demo)) === foldCase(record.email),
  );
}

/** Whether a stored user is the demo user: an account with a password or a role belongs to a person. */
export function isOwnUser(demo: DemoReviewer, record: User): boolean {
  return (
    record.username === demo.username &&
    record.email === emailOf(demo) &&
    record.password === null &&
    record.role === 'user'
  );
}

/**
 * The stored films with the title of a demo film on its platform.
 * @param platforms the result of `storedPlatforms`
 */
export async function storedFilms(platforms: ReadonlyMap<DemoPlatform, StreamPlatform>) {
  const films = new Map<DemoFilm, WatchList>();
  for (const [demo, platform] of platforms) {
    const titles = demo.films.map(({ title }) => foldCase(title));
    const records = await WatchList.findAll({ where: { platform_id: platform.id, title_key: titles } });
    // An import may have added a film of the same title. The catalogue's own comes last and replaces it in the map.
    const ownLast = records.toSorted((a, b) => Number(isOwn(demo, a)) - Number(isOwn(demo, b)));
    const found = pairs(
      demo.films,
      ownLast,
      (film, record) => foldCase(film.title) === foldCase(record.title),
    );
    for (const [film, record] of found) films.set(film, record);
  }
  return films;
}

function isOwn(platform: DemoPlatform, record: WatchList): boolean {
  return platform.films.some((film) => isOwnFilm(film, record));
}

export function isOwnFilm(demo: DemoFilm, record: WatchList): boolean {
  return record.title === demo.title && record.storyline === demo.storyline;
}

function pairs<D, R>(demos: readonly D[], records: R[], match: (demo: D, record: R) => boolean): Map<D, R> {
  return new Map(
    records.flatMap((record) => {
      const demo = demos.find((candidate) => match(candidate, record));
      return demo === undefined ? [] : [[demo, record] as const];
    }),
  );
}
