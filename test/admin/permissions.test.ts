import { expect } from 'chai';
import { makeMovie, makeReview, makeUser } from '../support/factories.js';
import { makeMember, PanelClient, staffClient } from '../support/panel.js';

/** The figures of users on the dashboard; null for those who see none. */
async function countedUsers(client: PanelClient): Promise<{ all: number } | null> {
  const answer = await client.fetch('/admin/api/dashboard');
  return ((await answer.json()) as { users: { all: number } | null }).users;
}

describe('admin permissions', () => {
  const client = staffClient('moderator');
  let moderatorId: number;
  beforeEach(() => {
    moderatorId = client.user.id;
  });

  it('let moderators read the catalogue and change nothing in it', async () => {
    const movie = await makeMovie();
    const { title } = movie;
    for (const [resource, id] of [
      ['watch_lists', movie.id],
      ['stream_platforms', movie.platform_id],
    ] as const) {
      expect((await client.read(`${resource}/actions/list`)).body.records).to.have.length(1);
      expect((await client.read(`${resource}/records/${id}/show`)).body.notice).to.equal(undefined);
      expect((await client.send(`${resource}/actions/new`, { title: 'X' })).status).to.equal(403);
      expect(
        (await client.send(`${resource}/records/${id}/edit`, { title: 'X', name: 'X' })).status,
      ).to.equal(403);
      expect((await client.send(`${resource}/records/${id}/delete`)).status).to.equal(403);
      expect((await client.send(`${resource}/bulk/bulkDelete?recordIds=${id}`)).status).to.equal(403);
    }
    expect((await movie.reload()).title).to.equal(title);
  });

  it('let moderators see nothing of users', async () => {
    const user = await makeUser();
    const paths = [
      'actions/list',
      'actions/search/a',
      `records/${user.id}/show`,
      `records/${user.id}/edit`,
      `bulk/bulkDelete?recordIds=${user.id}`,
    ];
    for (const path of paths) expect((await client.read(`users/${path}`)).status, path).to.equal(403);
    expect((await client.send(`users/records/${moderatorId}/edit`, { role: 'admin' })).status).to.equal(403);
    expect((await client.send('users/actions/new', { username: 'x' })).status).to.equal(403);
    const page = await (await client.fetch('/admin')).text();
    const state = JSON.parse(/REDUX_STATE = (.*);$/m.exec(page)?.[1] as string) as {
      resources: { id: string; href: string | null }[];
    };
    expect(state.resources.find(({ id }) => id === 'users')?.href).to.equal(null);
  });

  it("show moderators the authors' names, and nothing else about them", async () => {
    const review = await makeReview({ rating: 3 });
    for (const path of ['actions/list', `records/${review.id}/show`, `records/${review.id}/edit`]) {
      const { body } = await client.read(`reviews/${path}`);
      const { populated } = body.record ?? body.records?.[0] ?? {};
      expect(populated?.user_id?.params).to.have.all.keys('id', 'username');
      expect(JSON.stringify(body)).to.not.match(/@example|argon2/);
    }
  });

  it('let moderators hide and mark reviews, and change nothing else of them', async () => {
    const movie = await makeMovie();
    const review = await makeReview({ watchlist_id: movie.id, rating: 3 });
    const crafted = { rating: 1, description: 'Mine now', user_id: moderatorId, watchlist_id: 1 };
    const { body } = await client.send(`reviews/records/${review.id}/edit`, {
      ...crafted,
      active: false,
      hidden_reason: 'Insult',
      spoiler: true,
    });
    expect(body.notice?.type).to.equal('success');
    const { rating, description, user_id, watchlist_id, active, spoiler } = await review.reload();
    expect([rating, description, active, spoiler]).to.deep.equal([3, 'Worth an evening.', false, true]);
    expect(watchlist_id).to.equal(movie.id);
    expect(user_id).to.not.equal(moderatorId);
    expect((await movie.reload()).number_rating).to.equal(0);
    expect((await client.send(`reviews/records/${review.id}/delete`)).status).to.equal(403);
    expect((await client.send(`reviews/bulk/bulkDelete?recordIds=${review.id}`)).status).to.equal(403);
    expect((await client.send('reviews/actions/new', crafted)).status).to.equal(403);
    await review.reload();
  });

  it('let moderators change their own reviews', async () => {
    const movie = await makeMovie();
    const review = await makeReview({ watchlist_id: movie.id, rating: 3, user_id: moderatorId });
    await client.send(`reviews/records/${review.id}/edit`, { rating: 5, user_id: 1 });
    expect((await review.reload()).user_id).to.equal(moderatorId);
    expect((await movie.reload()).avg_rating).to.equal(5);
    const other = await makeReview({ watchlist_id: movie.id, rating: 1 });
    expect((await client.send(`reviews/bulk/bulkDelete?recordIds=${review.id},${other.id}`)).status).to.equal(
      403,
    );
    expect((await client.send(`reviews/records/${review.id}/delete`)).body.notice?.type).to.equal('success');
    expect((await movie.reload()).avg_rating).to.equal(1);
  });

  it('redirect clients without a session to the login', async () => {
    const stranger = new PanelClient(client.panel);
    for (const path of ['users/actions/list', 'reviews/actions/new', 'nothing/at/all']) {
      for (const { status, location } of [await stranger.read(path), await stranger.send(path)]) {
        expect([status, location]).to.deep.equal([303, '/admin/login']);
      }
    }
    const dashboard = await stranger.fetch('/admin/api/dashboard');
    expect(dashboard.status).to.equal(303);
  });

  it('count users for admins only', async () => {
    expect(await countedUsers(client)).to.equal(null);
    const admin = await PanelClient.loggedIn(client.panel, await makeMember('admin'));
    expect((await countedUsers(admin))?.all).to.be.above(1);
  });
});
