import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { type Answer, clientOf } from '../support/clients.js';
import { makeMovie, makeUsers } from '../support/factories.js';
import { withProcess } from '../support/processes.js';
import { expectRatingsExact } from '../support/ratings.js';
import { sharedUrl } from '../support/server.js';

describe('ratings over several processes', () => {
  it('stay exact while two processes write at once', async () => {
    const movies = [await makeMovie(), await makeMovie()];
    const users = await Promise.all((await makeUsers(12)).map(clientOf));
    await withProcess({}, async (other) => {
      const answers = await Promise.all(
        users.flatMap((user, index) =>
          movies.flatMap((movie) =>
            [{ url: sharedUrl() }, other].map((server) =>
              user.at(server).post(`/watch/${movie.id}/review-create/`, { rating: 1 + (index % 5) }),
            ),
          ),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 201)).to.have.length(24);
      expect(statuses.filter((status) => status === 400)).to.have.length(24);
    });
    const votes = await expectRatingsExact();
    for (const movie of movies) expect(votes.get(movie.id)).to.have.length(12);
  });

  it('are exact after a process was killed during its writes', async () => {
    const movie = await makeMovie();
    const users = await Promise.all((await makeUsers(30)).map(clientOf));
    await withProcess({}, async (server) => {
      const answered: Answer[] = [];
      const asked = users.map((user, index) =>
        user
          .at(server)
          .post(`/watch/${movie.id}/review-create/`, { rating: 1 + (index % 5) })
          .then((answer) => answered.push(answer)),
      );
      await Promise.any(asked);
      await server.kill();
      await Promise.allSettled(asked);
      const kept = await Review.count();
      expect(kept, 'what was answered is kept').to.be.at.least(answered.length);
    });
    await expectRatingsExact();
    const late = await users[0]?.post(`/watch/${movie.id}/review-create/`, { rating: 5 });
    expect(late?.status, 'no lock is left behind').to.be.oneOf([201, 400]);
    await expectRatingsExact();
  });
});
