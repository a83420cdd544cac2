import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { ReviewReport } from '../../src/models/review-report.js';
import { asAdmin, asModerator, asUser, type UserClient } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';
import { expectRatingsExact } from '../support/ratings.js';

describe('a review that is deleted and written anew', () => {
  let author: UserClient;
  let movie: number;
  const create = async (by: UserClient = author) =>
    by.post(`/watch/${movie}/review-create/`, { rating: 1, description: 'Unspeakable.' });

  beforeEach(async () => {
    author = await asUser();
    movie = (await makeMovie()).id;
  });

  it('is hidden again where it was hidden, by whoever writes it, and counts in no rating', async () => {
    const { id } = (await create()).body;
    const moderator = await asModerator();
    await moderator.patch(`/watch/review/${id}/`, { active: false });
    for (let time = 0; time < 3; time += 1) {
      const [review] = await Review.findAll({ where: { watchlist_id: movie } });
      expect((await author.delete(`/watch/review/${review?.id}/`)).status).to.equal(204);
      const again = await create();
      expect(again.status, again.text).to.equal(201);
      expect(again.body.active).to.equal(false);
    }
    expect((await author.get(`/watch/watchlist/${movie}/`)).body.number_rating).to.equal(0);
    await expectRatingsExact();
  });

  it('keeps its reports, and stays in the queue', async () => {
    const { id } = (await create()).body;
    const reporters = [await asUser(), await asUser()];
    for (const reporter of reporters) await reporter.post(`/watch/review/${id}/report/`, { reason: 'Spam.' });
    await author.delete(`/watch/review/${id}/`);
    const again = (await create()).body;
    expect(again.active).to.equal(true);
    const stored = await Review.findByPk(again.id);
    expect(stored?.open_reports).to.equal(2);
    expect(await ReviewReport.count({ where: { review_id: again.id } })).to.equal(2);
    const twice = await reporters[0]?.post(`/watch/review/${again.id}/report/`, { reason: 'Again.' });
    expect(twice?.status).to.equal(400);
  });

  it('is shown where a moderator has shown it again', async () => {
    const moderator = await asModerator();
    const { id } = (await create()).body;
    await moderator.patch(`/watch/review/${id}/`, { active: false });
    await author.delete(`/watch/review/${id}/`);
    const second = (await create()).body;
    await moderator.patch(`/watch/review/${second.id}/`, { active: true });
    await author.delete(`/watch/review/${second.id}/`);
    expect((await create()).body.active).to.equal(true);
    await expectRatingsExact();
  });

  it('is hidden too where an import or the panel writes it', async () => {
    const { id } = (await create()).body;
    await (await asModerator()).patch(`/watch/review/${id}/`, { active: false });
    await (await asAdmin()).delete(`/watch/review/${id}/`);
    await Review.bulkCreate([{ user_id: author.user.id, watchlist_id: movie, rating: 5 }]);
    const [review] = await Review.findAll({ where: { watchlist_id: movie } });
    expect(review?.active).to.equal(false);
    await expectRatingsExact();
  });

  it('is an ordinary one for other users, and other movies', async () => {
    const { id } = (await create()).body;
    await (await asModerator()).patch(`/watch/review/${id}/`, { active: false });
    await author.delete(`/watch/review/${id}/`);
    expect((await create(await asUser())).body.active).to.equal(true);
    movie = (await makeMovie()).id;
    expect((await create()).body.active).to.equal(true);
  });

  it('is hidden, however many requests delete and write it at once', async () => {
    const { id } = (await create()).body;
    await (await asModerator()).patch(`/watch/review/${id}/`, { active: false });
    const attempts = Array.from({ length: 10 }, (_, index) =>
      index % 2 === 0 ? author.delete(`/watch/review/${id}/`) : create(),
    );
    await Promise.all(attempts);
    const reviews = await Review.findAll({ where: { watchlist_id: movie } });
    for (const review of reviews) expect(review.active).to.equal(false);
    await expectRatingsExact();
  });
});
