import { expect } from 'chai';
import * as fc from 'fast-check';
import { hashPassword } from '../../src/auth/password.js';
import { User } from '../../src/models/user.js';
import { asAdmin, clientOf } from '../support/clients.js';
import { makeMovie, makePlatform, PASSWORD, unique } from '../support/factories.js';
import { expectHelpfulCountsExact } from '../support/helpful-counts.js';
import { expectMovieCountsExact } from '../support/movie-counts.js';
import { expectProfilesExact } from '../support/profiles.js';
import { expectRatingsExact } from '../support/ratings.js';
import { emptyDatabase } from '../support/server.js';
import { Model } from './support/model.js';
import { MOVIES, operation, PLATFORMS, run, USERS, type World } from './support/operations.js';

/** How many sequences are tried; RUNS sets another number. SEED repeats a failed run, which prints its seed. */
const RUNS = Number(process.env.RUNS || 6);
const SEED = process.env.SEED ? { seed: Number(process.env.SEED) } : {};
const LONGEST_MS = 20_000 + RUNS * 1_000;

/** Expects the API, the database and the model to agree on every movie, member and review. */
async function expectAgreement({ model, movieIds }: World): Promise<void> {
  const votes = await expectRatingsExact();
  await expectMovieCountsExact();
  await expectProfilesExact();
  const helpful = await expectHelpfulCountsExact();
  expect(helpful).to.deep.equal(new Map(model.reviews.map((review) => [review.id, review.helpful.size])));
  model.movies.forEach((platform, movie) => {
    const stored = votes.get(movieIds[movie] as number);
    if (platform === null) expect(stored).to.equal(undefined);
    else expect(stored).to.have.members(model.votes(movie));
  });
  expect(votes.size).to.equal(model.movies.filter((platform) => platform !== null).length);
}

describe('ratings against a model', function property() {
  this.timeout(LONGEST_MS + 20_000);
  let hashed: string;

  before(async () => {
    hashed = await hashPassword(PASSWORD);
  });

  async function freshWorld(): Promise<World> {
    await emptyDatabase();
    const model = new Model();
    const world: World = {
      model,
      admin: await asAdmin(),
      users: [],
      movieIds: [],
      platformIds: [],
      password: PASSWORD,
    };
    for (let place = 0; place < USERS; place += 1) {
      const name = `user${unique()}`;
      const user = await User.create({ username: name, email: `${name}@example.org`, password: hashed });
      world.users.push(await clientOf(user));
    }
    for (let place = 0; place < PLATFORMS; place += 1) world.platformIds.push((await makePlatform()).id);
    for (let place = 0; place < MOVIES; place += 1) {
      const platform = place % PLATFORMS;
      model.movies.push(platform);
      world.movieIds.push((await makeMovie({ platform_id: world.platformIds[platform] as number })).id);
    }
    return world;
  }

  it('agree after each step of random sequences', async () => {
    const sequences = fc.array(operation, { minLength: 5, maxLength: 25 });
    const agrees = fc.asyncProperty(sequences, async (steps) => {
      const world = await freshWorld();
      for (const step of steps) {
        await run(world, step);
        await expectAgreement(world);
      }
    });
    await fc.assert(agrees, { numRuns: RUNS, ...SEED, interruptAfterTimeLimit: LONGEST_MS });
  });
});
