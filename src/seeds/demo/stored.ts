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
 * The records that bear a name of the demo catalogue, and which of them are the catalogue's own: those that nobody has
 * made theirs since, and that no real user or import happened to name alike.
 */

/** Whether rows are locked until the transaction ends. */
interface Reading {
  lock?: boolean;
}

/** The address of a demo user, at which nobody can ever get mail. */
export function emailOf(reviewer: DemoReviewer): string {
  return `${reviewer.username}@marquee.example`;
}

/** The stored platforms with names of demo platforms. */
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

/** The stored users with usernames or addresses of demo users. */
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

/** An account with a password or a role has become somebody's. */
export function isOwnUser(demo: DemoReviewer, record: User): boolean {
  return (
    record.username === demo.username &&
    record.email === emailOf(demo) &&
    record.password === null &&
    record.role === 'user'
  );
}

/**
 * The stored films with titles of demo films on their platforms.
 * @param platforms as `storedPlatforms` gives them
 */
export async function storedFilms(platforms: ReadonlyMap<DemoPlatform, StreamPlatform>) {
  const films = new Map<DemoFilm, WatchList>();
  for (const [demo, platform] of platforms) {
    const titles = demo.films.map(({ title }) => foldCase(title));
    const records = await WatchList.findAll({ where: { platform_id: platform.id, title_key: titles } });
    // An import may have brought a second film of the same title: the own one comes last, and stays.
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
