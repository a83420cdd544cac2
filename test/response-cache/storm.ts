import { expect } from 'chai';
import type { WatchList } from '../../src/models/watch-list.js';
import { anonymous, asUser, type UserClient } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import type { Server } from '../support/server.js';

/** How long a storm lasts, in milliseconds. */
const LASTS_MS = Number(process.env.STORM_SECONDS ?? 0.4) * 1_000;

/** What a server has acknowledged: from when on the movie's mean is to be known to be of this version or a later one. */
interface Acknowledged {
  time: number;
  version: number;
}

/** A movie with one review, whose text counts its versions and whose rating follows from it. */
interface Subject {
  movie: WatchList;
  author: UserClient;
  review: number;
  version: number;
  acknowledged: Acknowledged[];
}

const ratingOf = (version: number) => 1 + (version % 5);

async function makeSubject(server: Pick<Server, 'url'>): Promise<Subject> {
  const movie = await makeMovie();
  const author = await asUser();
  const posted = await author.at(server).post(`/watch/${movie.id}/review-create/`, {
    rating: ratingOf(0),
    description: '0',
  });
  expect(posted.status).to.equal(201);
  const first = { time: performance.now(), version: 0 };
  return { movie, author, review: posted.body.id as number, version: 0, acknowledged: [first] };
}

/**
 * Lets authors change their ratings at one server while visitors read at others, and checks each answer against what
 * was acknowledged before it was asked for.
 * @param readers the servers that are read from, and how many milliseconds each may be behind
 * @returns how many answers were read
 */
export async function storm(
  writer: Pick<Server, 'url'>,
  readers: { server: Pick<Server, 'url'>; behind: number }[],
): Promise<number> {
  const subjects = [await makeSubject(writer), await makeSubject(writer)];
  await new Promise((resolve) => {
    setTimeout(resolve, Math.max(...readers.map(({ behind }) => behind)));
  });
  const end = performance.now() + LASTS_MS;
  let answers = 0;
  const write = async (subject: Subject) => {
    const { author, review, acknowledged } = subject;
    while (performance.now() < end) {
      subject.version += 1;
      const { version } = subject;
      const body = { rating: ratingOf(version), description: String(version) };
      expect((await author.at(writer).patch(`/watch/review/${review}/`, body)).status).to.equal(200);
      acknowledged.push({ time: performance.now(), version });
      // Time for an answer to be kept.
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
    }
  };
  const read = async (
    { server, behind }: (typeof readers)[number],
    { movie, review, acknowledged }: Subject,
  ) => {
    const client = anonymous.at(server);
    const reads: [string, (body: { [name: string]: unknown }) => number][] = [
      [`/watch/review/${review}/`, (body) => Number(body.description)],
      [
        `/watch/${movie.id}/review/`,
        ({ results }) => Number((results as { description: string }[])[0]?.description),
      ],
    ];
    const least = (asked: number) =>
      acknowledged.findLast(({ time }) => time <= asked - behind)?.version ?? 0;
    while (performance.now() < end) {
      for (const [path, versionOf] of reads) {
        const asked = performance.now();
        const { status, body } = await client.get(path);
        expect(status).to.equal(200);
        expect(versionOf(body), path).to.be.at.least(least(asked));
        answers += 1;
      }
      for (const path of [
        `/watch/watchlist/${movie.id}/`,
        '/watch/watchlist/?ordering=-avg_rating&page_size=100',
      ]) {
        const asked = performance.now();
        const { body } = await client.get(path);
        const shown =
          (body.results as { id: number }[] | undefined)?.find(({ id }) => id === movie.id) ?? body;
        const possible = versionsBetween(least(asked), acknowledged.at(-1)?.version ?? 0);
        expect(possible, path).to.include((shown as { avg_rating: number }).avg_rating);
        answers += 1;
      }
    }
  };
  await Promise.all([
    ...subjects.map(write),
    ...readers.flatMap((reader) => subjects.map((subject) => read(reader, subject))),
  ]);
  return answers;
}

/** The ratings of these versions; one more may be written and not yet acknowledged. */
function versionsBetween(first: number, last: number): number[] {
  return Array.from({ length: last + 2 - first }, (_, index) => ratingOf(first + index));
}
