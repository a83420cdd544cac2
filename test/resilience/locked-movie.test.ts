import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { transaction } from '../../src/database/transactions.js';
import { Review } from '../../src/models/review.js';
import { User } from '../../src/models/user.js';
import { type Answer, type Client, clientOf } from '../support/clients.js';
import { makeMovie, makeReview, makeUser, makeUsers, PASSWORD } from '../support/factories.js';
import { makeMember, PanelClient } from '../support/panel.js';
import { withProcess } from '../support/processes.js';
import { expectRatingsExact } from '../support/ratings.js';

const REVIEWS = 60;
/** As few connections as a small machine has: the half of them that writers have is soon used up. */
const POOL = 8;
/** How long a write waits for a lock. */
const LOCK_SECONDS = 2;
/** How long the other answers may take, half of them: one that is held up waits for the lock. */
const SOON_MS = 1_000;

/** Locks a movie as another client of the database; with the embedded one, which has one writer, everything. */
async function lockElsewhere(movieId: number): Promise<() => Promise<void>> {
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  let held!: () => void;
  const holding = new Promise<void>((resolve) => (held = resolve));
  const ended = transaction(async () => {
    if (dialect === 'mysql')
      await sequelize.query(`SELECT * FROM watch_lists WHERE id = ${movieId} FOR UPDATE`);
    held();
    await released;
  });
  await holding;
  return () => {
    release();
    return ended;
  };
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Infinity;
}

describe('a movie that another client of the database locks', function lockedMovie() {
  this.timeout(90_000);

  it('holds up what writes to it, for a limited time, and nothing else', async () => {
    const [locked, free] = [await makeMovie(), await makeMovie()];
    const authors = await Promise.all((await makeUsers(REVIEWS)).map(clientOf));
    const [critic, voter, leaver, admin] = [
      await makeUser(),
      await makeUser(),
      await makeUser({ password: PASSWORD }),
      await makeMember('admin'),
    ];
    const review = await makeReview({ user_id: critic.id, watchlist_id: locked.id, rating: 4 });
    await makeReview({ user_id: leaver.id, watchlist_id: locked.id });
    const env = {
      DATABASE_POOL_MAX: String(POOL),
      DATABASE_LOCK_SECONDS: String(LOCK_SECONDS),
      CACHE_SECONDS: '0',
      TEST_PANEL: '1',
    };
    await withProcess(env, async (server) => {
      const staff = new PanelClient({ url: server.url, close: async () => {} });
      await staff.logIn(admin.username);
      const reader = (authors[0] as Client).at(server);
      const [criticAt, voterAt, leaverAt] = (await Promise.all([critic, voter, leaver].map(clientOf))).map(
        (client) => client.at(server),
      ) as [Client, Client, Client];
      const ask = async (path: string) => {
        const response = await staff.fetch(path);
        await response.text();
        return response.status;
      };
      const others: Record<string, () => Promise<number>> = {
        'another movie': async () => (await reader.get(`/watch/watchlist/${free.id}/`)).status,
        'the locked movie': async () => (await reader.get(`/watch/watchlist/${locked.id}/`)).status,
        'the list': async () => (await reader.get('/watch/watchlist/')).status,
        '/readyz': () => ask('/readyz'),
        '/healthz': () => ask('/healthz'),
        'a page of the site': () => ask(`/movies/${locked.id}`),
        'a page of the panel': () => ask('/admin/resources/watch_lists'),
        "the panel's list": () => ask('/admin/api/resources/watch_lists/actions/list'),
      };
      for (const other of Object.values(others)) expect(await other()).to.be.oneOf([200, 301]);

      const release = await lockElsewhere(locked.id);
      try {
        const begun = performance.now();
        const create = (client: Client) =>
          client.at(server).post(`/watch/${locked.id}/review-create/`, { rating: 5 });
        const writes: Promise<Answer | Response>[] = [
          ...authors.map(create),
          criticAt.patch(`/watch/review/${review.id}/`, { rating: 1 }),
          criticAt.delete(`/watch/review/${review.id}/`),
          voterAt.put(`/watch/review/${review.id}/helpful/`),
          voterAt.post(`/watch/review/${review.id}/report/`, { reason: 'An advert.' }),
          voterAt.put(`/account/saved/${locked.id}/`),
          leaverAt.delete('/account/me/', { password: PASSWORD }),
          staff.fetch(`/admin/api/resources/watch_lists/records/${locked.id}/edit`, {
            method: 'POST',
            body: new URLSearchParams({ title: 'Renamed' }),
          }),
          staff.fetch(`/admin/api/resources/users/records/${leaver.id}/delete`, { method: 'POST' }),
        ];
        const answered = Promise.all(writes);
        const state = { over: false };
        void answered.finally(() => (state.over = true));

        const times = new Map(Object.keys(others).map((what) => [what, [] as number[]]));
        while (!state.over) {
          await Promise.all(
            Object.entries(others).map(async ([what, other]) => {
              const asked = performance.now();
              expect(await other(), what).to.be.oneOf([200, 301]);
              times.get(what)?.push(performance.now() - asked);
            }),
          );
        }
        for (const [what, taken] of times) expect(median(taken), what).to.be.below(SOON_MS);
        expect(performance.now() - begun).to.be.below(15_000);
        const answers = await answered;
        expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 503));
        for (const { headers } of answers.slice(0, REVIEWS)) expect(headers.get('retry-after')).to.equal('5');
        expect((answers[0] as Answer).body.detail).to.include('try again');

        if (dialect === 'mysql') {
          const again = Promise.all(authors.map(create));
          const beside = performance.now();
          const elsewhere = await Promise.all(
            authors
              .slice(0, 10)
              .map((author) => author.at(server).post(`/watch/${free.id}/review-create/`, { rating: 2 })),
          );
          expect(elsewhere.map(({ status }) => status)).to.deep.equal(Array(10).fill(201));
          expect(performance.now() - beside, 'reviews of another movie').to.be.below(LOCK_SECONDS * 1_000);
          await release();
          // Those that have not waited too long by then have their turn.
          for (const { status } of await again) expect(status).to.be.oneOf([201, 503]);
        } else {
          await release();
          expect((await create(authors[0] as Client)).status).to.equal(201);
        }
      } finally {
        await release();
      }
    });
    expect(await User.count({ where: { id: leaver.id } }), 'nothing was half deleted').to.equal(1);
    expect(await Review.count({ where: { user_id: [critic.id, leaver.id] } })).to.equal(2);
    await expectRatingsExact();
  });
});
