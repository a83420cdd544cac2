import { expect } from 'chai';
import type { DashboardData } from '../../admin/dashboard/dashboard.js';
import { WatchList } from '../../src/models/watch-list.js';
import { makeMovie, makePlatform, makeReview, makeUser } from '../support/factories.js';
import type { Server } from '../support/server.js';
import { makeMember, PanelClient, sharedPanel } from '../support/panel.js';

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

describe('admin dashboard', () => {
  let panel: Server;
  before(async () => {
    panel = await sharedPanel();
  });

  async function dashboard(role: 'admin' | 'moderator' = 'admin'): Promise<DashboardData> {
    const client = await PanelClient.loggedIn(panel, await makeMember(role));
    const response = await client.fetch('/admin/api/dashboard');
    expect(response.status).to.equal(200);
    return (await response.json()) as DashboardData;
  }

  it('counts all, new and hidden records', async () => {
    const { id: platform_id } = await makePlatform();
    const old = await makeMovie({ platform_id, title: 'Old', created: daysAgo(8) });
    const fresh = await makeMovie({ platform_id, title: 'New', created: daysAgo(6), active: false });
    for (const rating of [5, 5, 4]) await makeReview({ watchlist_id: old.id, rating });
    await makeReview({ watchlist_id: fresh.id, rating: 1, created: daysAgo(8) });
    await makeReview({ watchlist_id: fresh.id, rating: 2, active: false });
    const { movies, reviews, users } = await dashboard();
    expect(movies).to.deep.equal({ all: 2, active: 1, new: 1, distribution: [1, 0, 0, 1, 2] });
    expect(reviews).to.deep.equal({ all: 5, hidden: 1, reported: 0, new: 4 });
    expect(users).to.deep.equal({ all: 6, new: 6 });
  });

  it('shows zeros for an empty site', async () => {
    const { movies, reviews, days, top, bottom, latest } = await dashboard();
    expect(movies).to.deep.equal({ all: 0, active: 0, new: 0, distribution: [0, 0, 0, 0, 0] });
    expect(reviews).to.deep.equal({ all: 0, hidden: 0, reported: 0, new: 0 });
    expect(days).to.have.lengthOf(30);
    expect([top, bottom, latest]).to.deep.equal([[], [], []]);
  });

  it('counts the reviews of each of the last 30 days, by UTC', async () => {
    const movie = await makeMovie();
    const today = new Date().toISOString().slice(0, 10);
    const midnight = new Date(today).getTime();
    for (const created of [midnight, midnight - 1, midnight - 29 * DAY_MS, midnight - 29 * DAY_MS - 1])
      await makeReview({ watchlist_id: movie.id, created: new Date(created) });
    const { days } = await dashboard();
    expect(days.at(-1)).to.deep.equal({ day: today, count: 1 });
    expect(days.at(-2)?.count).to.equal(1);
    expect(days[0]).to.deep.equal({ day: daysAgo(29).toISOString().slice(0, 10), count: 1 });
    expect(days.reduce((sum, { count }) => sum + count, 0)).to.equal(3);
  });

  it('ranks the movies that have ratings', async () => {
    await makeMovie({ title: 'Unrated' });
    for (const [title, ratings] of Object.entries({ Best: [5, 5], Good: [5], Fair: [3], Bad: [1, 1, 1] })) {
      const { id } = await makeMovie({ title });
      for (const rating of ratings) await makeReview({ watchlist_id: id, rating });
    }
    const { top, bottom } = await dashboard();
    expect(top.map(({ title }) => title)).to.deep.equal(['Best', 'Good', 'Fair', 'Bad']);
    expect(bottom.map(({ title }) => title)).to.deep.equal(['Bad', 'Fair', 'Good', 'Best']);
    const best = (await WatchList.findOne({ where: { title: 'Best' } })) as WatchList;
    const { id, weighted_rating } = best;
    expect(top[0]).to.deep.equal({ id, title: 'Best', weighted_rating, number_rating: 2 });
  });

  it('shows the latest reviews', async () => {
    const movie = await makeMovie({ title: 'Up' });
    const user = await makeUser({ username: 'carl' });
    await makeReview({ watchlist_id: movie.id, created: daysAgo(1) });
    const { id } = await makeReview({
      watchlist_id: movie.id,
      user_id: user.id,
      rating: 5,
      description: '🎈'.repeat(200),
      active: false,
    });
    const [first, second] = (await dashboard()).latest;
    expect(first).to.deep.include({ id, movie: 'Up', user: 'carl', rating: 5, active: false });
    expect(first?.text).to.equal(`${'🎈'.repeat(160)}…`);
    expect(second?.active).to.equal(true);
  });

  it('shows moderators nothing about users', async () => {
    const { movies, users } = await dashboard('moderator');
    expect(movies.all).to.equal(0);
    expect(users).to.equal(null);
  });
});
