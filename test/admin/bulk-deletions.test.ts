import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { User } from '../../src/models/user.js';
import { clientOf } from '../support/clients.js';
import { makeMovie, makeUsers } from '../support/factories.js';
import { expectRatingsExact } from '../support/ratings.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';

/** How long the storm lasts; STORM_SECONDS makes it long. */
const STORM_MS = Number(process.env.STORM_SECONDS || 1) * 1_000;

const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;

describe('bulk deletions in the panel while the API is in use', function storm() {
  this.timeout(60_000 + 2 * STORM_MS);
  let panel: Server;

  before(async () => {
    panel = await sharedPanel();
  });

  it('cause no failed request, and leave every rating exact', async () => {
    const movies = [await makeMovie(), await makeMovie(), await makeMovie()];
    const users = await makeUsers(40);
    const clients = await Promise.all(users.slice(0, 12).map(clientOf));
    const leaving = users.slice(12).map(({ id }) => id);
    const staff = await PanelClient.loggedIn(panel, await makeMember('admin'));
    const counts = new Map<number, number>();
    const count = (status: number) => counts.set(status, (counts.get(status) ?? 0) + 1);

    const review = async () => {
      const path = `/watch/${pick(movies).id}/review-create/`;
      const { status } = await pick(clients)
        .at(panel)
        .post(path, { rating: 1 + Math.floor(Math.random() * 5) });
      count(status);
    };
    const deleteSome = async (resource: string, ids: number[]) => {
      if (ids.length === 0) return;
      const { status } = await staff.send(`${resource}/bulk/bulkDelete?recordIds=${ids.join(',')}`);
      count(status);
    };
    const deleteReviews = async () => {
      const found = await Review.findAll({ attributes: ['id'], limit: 30 });
      await deleteSome(
        'reviews',
        [pick(found), pick(found), pick(found)].filter(Boolean).map(({ id }) => id),
      );
    };
    const deleteUsers = async () => {
      const [first, second] = [leaving.pop(), leaving.pop()];
      if (first === undefined || second === undefined) return;
      // Their reviews are deleted with them while others review the same movies.
      await Review.bulkCreate(movies.map((movie) => ({ user_id: first, watchlist_id: movie.id, rating: 4 })));
      await deleteSome('users', [second, first]);
    };

    const end = Date.now() + STORM_MS;
    const until = async (step: () => Promise<unknown>) => {
      while (Date.now() < end) await step();
    };
    await Promise.all([
      ...Array.from({ length: 8 }, () => until(review)),
      ...Array.from({ length: 2 }, () => until(deleteReviews)),
      until(async () => {
        await deleteUsers();
        await review();
      }),
    ]);

    if (process.env.STORM_SECONDS) console.log('    answers by status:', Object.fromEntries(counts));
    expect([...counts.keys()].filter((status) => status >= 500)).to.deep.equal([]);
    expect(counts.get(201), 'reviews written').to.be.above(5);
    expect(counts.get(200), 'bulk deletions done').to.be.above(2);
    expect(await User.count()).to.be.below(41);
    await expectRatingsExact();
  });
});
