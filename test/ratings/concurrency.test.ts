import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { WatchList } from '../../src/models/watch-list.js';
import {
  type Answer,
  anonymous,
  asAdmin,
  asModerator,
  asUser,
  clientOf,
  type UserClient,
} from '../support/clients.js';
import { makeMovie, makeRatedMovie, makeUsers } from '../support/factories.js';
import { expectRatingsExact } from '../support/ratings.js';

async function clients(howMany: number): Promise<UserClient[]> {
  return Promise.all((await makeUsers(howMany)).map(clientOf));
}

function statuses(answers: Answer[]): number[] {
  return answers.map(({ status }) => status);
}

describe('ratings under concurrency', () => {
  it('count 40 users who review one movie at once', async () => {
    const movie = await makeMovie();
    const users = await clients(40);
    const answers = await Promise.all(
      users.map((user, index) => user.post(`/watch/${movie.id}/review-create/`, { rating: 1 + (index % 5) })),
    );
    expect(new Set(statuses(answers))).to.deep.equal(new Set([201]));
    const votes = await expectRatingsExact();
    expect(votes.get(movie.id)).to.have.length(40);
  });

  it('accept one of many concurrent reviews by one user', async () => {
    const movie = await makeMovie();
    const user = await asUser();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => user.post(`/watch/${movie.id}/review-create/`, { rating: 4 })),
    );
    expect(statuses(answers)).to.have.members([201, ...Array.from({ length: 9 }, () => 400)]);
    for (const { status, body } of answers) {
      if (status === 400)
        expect(body).to.deep.equal({ non_field_errors: ['You have already reviewed this movie!'] });
    }
    expect((await expectRatingsExact()).get(movie.id)).to.deep.equal([4]);
  });

  it('count one of many concurrent deletions', async () => {
    const movie = await makeRatedMovie([5, 4]);
    const admin = await asAdmin();
    const [review] = await Review.findAll();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => admin.delete(`/watch/review/${review?.id}/`)),
    );
    expect(statuses(answers)).to.have.members([204, ...Array.from({ length: 7 }, () => 404)]);
    expect((await expectRatingsExact()).get(movie.id)).to.have.length(1);
  });

  it('follow one review that is edited, hidden and restored at once', async () => {
    const movie = await makeRatedMovie([3, 3]);
    const [review] = await Review.findAll();
    const [admin, moderator] = [await asAdmin(), await asModerator()];
    const path = `/watch/review/${review?.id}/`;
    const answers = await Promise.all(
      [1, 2, 4, 5].flatMap((rating) => [
        admin.patch(path, { rating }),
        moderator.patch(path, { active: rating % 2 === 0 }),
      ]),
    );
    expect(new Set(statuses(answers))).to.deep.equal(new Set([200]));
    const votes = await expectRatingsExact();
    const { body } = await admin.get(path);
    expect(votes.get(movie.id)).to.have.members(body.active ? [3, body.rating] : [3]);
  });

  it('stay exact under mixed requests for three movies', async () => {
    const movies = [await makeRatedMovie([1, 5]), await makeRatedMovie([2, 4]), await makeMovie()];
    const old = await Review.findAll();
    const users = await clients(12);
    const [admin, moderator] = [await asAdmin(), await asModerator()];
    const storm: Promise<Answer>[] = [];
    for (const [index, user] of users.entries()) {
      for (const movie of movies) {
        const path = `/watch/${movie.id}/review-create/`;
        storm.push(user.post(path, { rating: 1 + (index % 5) }));
        if (index % 3 === 0) storm.push(user.post(path, { rating: 5 }));
      }
      const review = old[index % old.length] as Review;
      storm.push(
        moderator.patch(`/watch/review/${review.id}/`, { active: index % 2 === 0 }),
        admin.patch(`/watch/review/${review.id}/`, { rating: 1 + ((index * 3) % 5) }),
        anonymous.get('/watch/watchlist/'),
      );
    }
    storm.push(admin.delete(`/watch/review/${old[0]?.id}/`));
    for (const { status, text } of await Promise.all(storm))
      expect(status, text).to.be.oneOf([200, 201, 204, 400, 404]);
    const votes = await expectRatingsExact();
    expect(votes.get(movies[2]?.id ?? 0)).to.have.length(users.length);
  });

  it('stay exact when users and movies are deleted while others review', async () => {
    const [reviewed, gone, fresh] = [await makeMovie(), await makeMovie(), await makeMovie()];
    const users = await clients(10);
    const admin = await asAdmin();
    await Review.bulkCreate(
      users.slice(0, 5).map(({ user }) => ({ user_id: user.id, watchlist_id: reviewed.id, rating: 2 })),
    );
    const asked = users.flatMap((user) =>
      [reviewed, gone, fresh].map((movie) => user.post(`/watch/${movie.id}/review-create/`, { rating: 4 })),
    );
    asked.push(admin.delete(`/watch/watchlist/${gone.id}/`));
    const leaving = users.slice(0, 3).map(({ user }) => user.destroy());
    for (const { status, text } of await Promise.all(asked)) {
      expect(status, text).to.be.oneOf([201, 204, 400, 401, 404]);
    }
    await Promise.all(leaving);
    const votes = await expectRatingsExact();
    expect(votes.has(gone.id)).to.equal(false);
    expect(await WatchList.count()).to.equal(2);
    expect(votes.get(fresh.id)).to.have.length(7);
  });

  it('are consistent in every answer', async () => {
    const movie = await makeMovie();
    const users = await clients(15);
    const writing = { done: false };
    const seen: Answer[] = [];
    const watching = (async () => {
      while (!writing.done) seen.push(await anonymous.get(`/watch/watchlist/${movie.id}/`));
    })();
    await Promise.all(
      users.map((user, index) => user.post(`/watch/${movie.id}/review-create/`, { rating: 1 + (index % 5) })),
    );
    writing.done = true;
    await watching;
    expect(seen).to.have.length.above(0);
    for (const { body } of seen) {
      const votes = Object.entries(body.rating_distribution as Record<string, number>);
      const number = votes.reduce((total, [, count]) => total + count, 0);
      const sum = votes.reduce((total, [stars, count]) => total + Number(stars) * count, 0);
      expect(body.number_rating).to.equal(number);
      expect(body.avg_rating).to.equal(number === 0 ? 0 : sum / number);
      expect(body.weighted_rating).to.equal((sum + 35) / (number + 10));
    }
  });
});
