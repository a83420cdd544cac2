import { expect } from 'chai';
import type { WatchList } from '../../src/models/watch-list.js';
import { anonymous, asUser, type UserClient } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import type { Server } from '../support/server.js';

/** How long a storm lasts, in milliseconds. */
const LASTS_MS = Number(process.env.STORM_SECONDS ?? 0.4) * 1_000;

/** An acknowledged version: from this time on, an answer must show it or a later one. */
interface Acknowledged {
  time: number;
  version: number;
}

/** A movie with one review. The review's text is its version; its rating follows from the version. */
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
 * Changes ratings at one server and reads them at others. Checks each answer against the writes that were acknowledged
 * before its request.
 * @param readers the servers to read from, and how many milliseconds each may be stale
 * @returns the number of answers
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
      // Leaves time for an answer to be cached.
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

/** The ratings of these versions, and of the next: it may be written and not yet acknowledged. */
function versionsBetween(first: number, last: number): number[] {
  return Array.from({ length: last + 2 - first }, (_, index) => ratingOf(first + index));
}
