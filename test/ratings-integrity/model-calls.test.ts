import { expect } from 'chai';
import { Review } from '../../src/models/review.js';
import { expectHelpfulCountsExact } from '../support/helpful-counts.js';
import { expectMovieCountsExact } from '../support/movie-counts.js';
import { expectProfilesExact } from '../support/profiles.js';
import { expectRatingsExact } from '../support/ratings.js';
import { KEPT_PATHS } from './allowed-calls.js';
import { REFUSED_PATHS } from './refused-calls.js';
import { type Scene, scene } from './support/scene.js';

/*
 * Every call that can create, change or delete a review or a movie, or that could write a rating field or a count of
 * movies. A call that is added to Sequelize or to this code base belongs in one of the two lists.
 */
describe('every call that writes a review or a movie', () => {
  let set: Scene;
  beforeEach(async () => {
    set = await scene();
  });

  for (const [name, path] of Object.entries(KEPT_PATHS)) {
    it(`${name}: the figures follow`, async () => {
      await path(set);
      await expectRatingsExact();
      await expectMovieCountsExact();
      await expectProfilesExact();
      await expectHelpfulCountsExact();
    });
  }

  for (const [name, [reason, path]] of Object.entries(REFUSED_PATHS)) {
    it(`${name}: is refused`, async () => {
      const before = await Review.findAll({ order: ['id'], raw: true });
      const error = await Promise.resolve()
        .then(() => path(set))
        .then(
          () => null,
          (reason: unknown) => reason as Error,
        );
      expect(error, 'an error').to.be.instanceOf(Error);
      expect(`${error?.message} ${(error as { errors?: Error[] }).errors?.map(String).join(' ')}`).to.match(
        reason,
      );
      expect(await Review.findAll({ order: ['id'], raw: true })).to.deep.equal(before);
      await expectRatingsExact();
      await expectMovieCountsExact();
    });
  }
});
