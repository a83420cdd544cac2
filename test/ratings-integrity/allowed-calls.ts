import { literal } from 'sequelize';
import { currentTransaction } from '../../src/database/transaction-context.js';
import { transaction } from '../../src/database/transactions.js';
import { HelpfulVote } from '../../src/models/helpful-vote.js';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';
import { removeDemo } from '../../src/seeds/demo/remove-demo.js';
import { seedDemo } from '../../src/seeds/demo/seed-demo.js';
import { makePlatform } from '../support/factories.js';
import { expectMovieCountsExact } from '../support/movie-counts.js';
import { expectRatingsExact } from '../support/ratings.js';
import { call, fresh, type Path } from './support/scene.js';

/** The calls that are allowed: the figures must follow. */
export const KEPT_PATHS: Record<string, Path> = {
  'Review.create': (s) => Review.create(fresh(s)),
  'Review.create without hooks and validation': (s) =>
    Review.create(fresh(s), { hooks: false, validate: false }),
  'Review.create with some of the fields': (s) =>
    Review.create(
      { ...fresh(s), active: false },
      { fields: ['user_id', 'watchlist_id', 'rating', 'created', 'updated'] },
    ),
  'Review.create with an SQL expression': (s) =>
    Review.create({ ...fresh(s), rating: literal('2 + 2') as unknown as number }),
  'Review.create with its parents': (s) =>
    Review.create(
      {
        ...fresh(s),
        movie: { title: 'New', storyline: 'Story.', platform_id: s.movie.platform_id },
      } as never,
      { include: ['movie'] },
    ),
  'Review.build and save': (s) => Review.build(fresh(s)).save(),
  'a save of some of the fields': (s) =>
    Review.build({ ...fresh(s), active: false }).save({
      fields: ['user_id', 'watchlist_id', 'rating', 'created', 'updated'],
    }),
  'Review.bulkCreate': (s) => Review.bulkCreate([fresh(s), { ...fresh(s), watchlist_id: s.other.id }]),
  'Review.bulkCreate without hooks': (s) =>
    Review.bulkCreate([fresh(s)], { hooks: false, individualHooks: true, validate: false }),
  'Review.bulkCreate of text': (s) => Review.bulkCreate([{ ...fresh(s), rating: '4' as unknown as number }]),
  'Review.findCreateFind': (s) => Review.findCreateFind({ where: fresh(s) }),
  'Review.findOrBuild': async (s) => (await Review.findOrBuild({ where: fresh(s) }))[0].save(),
  'an update of an instance': ({ review }) => review.update({ rating: 5 }),
  'an update without hooks': ({ review }) => review.update({ rating: 5 }, { hooks: false }),
  'an update by an SQL expression': ({ review }) => review.update({ rating: literal('rating + 1') }),
  'an update of other fields than were changed': async ({ review }) => {
    review.set({ rating: 5, description: 'Better now.' });
    await review.save({ fields: ['description'] });
  },
  'an update of an older copy': async ({ review }) => {
    const copy = await Review.findByPk(review.id);
    await review.update({ rating: 3, active: false });
    await copy?.update({ rating: 1 });
  },
  'an update of a copy with few attributes': async ({ review }) => {
    const copy = await Review.findByPk(review.id, { attributes: ['id'] });
    await copy?.update({ active: false });
  },
  'a move of `active`': async ({ review, hidden }) => {
    await review.update({ active: false });
    await hidden.update({ active: true });
  },
  'a move to another movie': ({ review, other }) => review.update({ watchlist_id: other.id, rating: 4 }),
  'a move of a hidden review': ({ hidden, other }) => hidden.update({ watchlist_id: other.id, active: true }),
  'a move to another user': ({ review, newcomer }) => review.update({ user_id: newcomer.id }),
  'setMovie of the association': ({ review, other }) => call(review, 'setMovie', other),
  'setUser of the association': ({ review, newcomer }) => call(review, 'setUser', newcomer),
  'createMovie of the association': async ({ review, movie }) =>
    call(review, 'createMovie', { title: 'New', storyline: 'Story.', platform_id: movie.platform_id }),
  'Review.update': ({ movie }) => Review.update({ rating: 1 }, { where: { watchlist_id: movie.id } }),
  'Review.update without hooks': ({ movie }) =>
    Review.update({ active: true }, { where: { watchlist_id: movie.id }, hooks: false }),
  'Review.update with individual hooks': ({ movie }) =>
    Review.update({ active: false }, { where: { watchlist_id: movie.id }, individualHooks: true }),
  'Review.update of some of the fields': ({ movie }) =>
    Review.update({ rating: 1, active: false }, { where: { watchlist_id: movie.id }, fields: ['active'] }),
  'Review.update by an SQL expression': ({ review }) =>
    Review.update({ rating: literal('6 - rating') as never }, { where: { id: review.id } }),
  'Review.update to another movie': ({ movie, other }) =>
    Review.update({ watchlist_id: other.id }, { where: { watchlist_id: movie.id } }),
  'a destruction of an instance': ({ review }) => review.destroy(),
  'a destruction without hooks': ({ review }) => review.destroy({ hooks: false, force: true }),
  'a destruction of an older copy': async ({ review }) => {
    const copy = await Review.findByPk(review.id);
    await review.update({ rating: 5 });
    await copy?.destroy();
  },
  'a second destruction': async ({ review }) => {
    await review.destroy();
    await review.destroy();
  },
  'Review.destroy': ({ movie }) => Review.destroy({ where: { watchlist_id: movie.id } }),
  'Review.destroy without hooks': ({ review }) => Review.destroy({ where: { id: review.id }, hooks: false }),
  'Review.destroy with a limit': ({ movie }) =>
    Review.destroy({ where: { watchlist_id: movie.id }, limit: 1 }),
  'Review.truncate': () => Review.truncate(),
  'Review.destroy with truncate': () =>
    Review.destroy({ truncate: true, cascade: true, restartIdentity: true }),
  'a rolled back transaction': async (s) => {
    const work = transaction(async () => {
      await Review.create(fresh(s));
      await s.review.destroy();
      throw new Error('undone');
    });
    await work.catch(() => {});
  },
  "Sequelize's own managed transaction": (s) =>
    transaction(() => Review.create(fresh(s), { transaction: currentTransaction() as never })),
  "AdminJS's deletion of many": async ({ movie }) => {
    const reviews = await Review.findAll({ where: { watchlist_id: movie.id } });
    await Promise.all(
      reviews.map(({ id }) => transaction(async () => (await Review.findByPk(id))?.destroy())),
    );
  },
  'HelpfulVote.create': ({ review, hidden }) =>
    HelpfulVote.create({ review_id: review.id, user_id: hidden.user_id }, { hooks: false }),
  'HelpfulVote.bulkCreate': ({ review, hidden, newcomer }) =>
    HelpfulVote.bulkCreate([
      { review_id: review.id, user_id: hidden.user_id },
      { review_id: hidden.id, user_id: newcomer.id },
    ]),
  'HelpfulVote.destroy': ({ review }) =>
    HelpfulVote.destroy({ where: { review_id: review.id }, hooks: false }),
  'HelpfulVote.truncate': () => HelpfulVote.truncate(),
  'a second destruction of a vote': async () => {
    const vote = await HelpfulVote.findOne();
    const copy = await HelpfulVote.findByPk(vote?.id);
    await vote?.destroy({ hooks: false });
    await copy?.destroy();
  },
  'a move to a user who finds it helpful': ({ review, newcomer }) => review.update({ user_id: newcomer.id }),
  'a deletion of a voter': ({ newcomer }) => newcomer.destroy(),
  'a deletion of the author': ({ author }) => author.destroy(),
  'a deletion of the author without hooks': ({ author }) => author.destroy({ hooks: false }),
  'User.destroy': ({ author, newcomer }) =>
    User.destroy({ where: { id: [author.id, newcomer.id] }, hooks: false }),
  'User.truncate': () => User.truncate(),
  'a deletion of the movie': ({ movie }) => movie.destroy({ hooks: false }),
  'WatchList.destroy': ({ movie, other }) =>
    WatchList.destroy({ where: { id: [movie.id, other.id] }, hooks: false }),
  'WatchList.truncate': () => WatchList.truncate({ cascade: true }),
  'a deletion of the platform': async ({ movie }) =>
    (await movie.reload({ include: ['platform'] })).platform?.destroy(),
  'StreamPlatform.destroy': ({ movie }) =>
    StreamPlatform.destroy({ where: { id: movie.platform_id }, hooks: false }),
  'StreamPlatform.truncate': () => StreamPlatform.truncate(),
  'a move of the movie': async ({ movie }) => movie.update({ platform_id: (await makePlatform()).id }),
  'a move of an older copy of the movie': async ({ movie, other }) => {
    const copy = await WatchList.findByPk(movie.id);
    await movie.update({ platform_id: other.platform_id });
    await copy?.update({ platform_id: (await makePlatform()).id });
  },
  'a move of the movie that is not saved': async ({ movie, other }) => {
    movie.set({ platform_id: other.platform_id, title: 'Other' });
    await movie.save({ fields: ['title'] });
  },
  'a deletion of an older copy of the movie': async ({ movie, other }) => {
    const copy = await WatchList.findByPk(movie.id);
    await movie.update({ platform_id: other.platform_id });
    await copy?.destroy();
    await movie.destroy();
  },
  'setPlatform of the association': async ({ movie }) => call(movie, 'setPlatform', await makePlatform()),
  'WatchList.update to another platform': ({ movie, other }) =>
    WatchList.update(
      { platform_id: other.platform_id },
      { where: { id: [movie.id, other.id] }, hooks: false },
    ),
  'WatchList.create without hooks': ({ movie: { platform_id } }) =>
    WatchList.create({ title: 'New', storyline: 'Story.', platform_id }, { hooks: false }),
  'WatchList.bulkCreate': ({ movie, other }) =>
    WatchList.bulkCreate(
      [movie, other, other].map(({ platform_id }) => ({ title: 'New', storyline: 'Story.', platform_id })),
      { hooks: false },
    ),
  'WatchList.update': ({ movie }) =>
    WatchList.update({ title: 'Other', active: false }, { where: { id: movie.id } }),
  'the demo catalogue and its removal': async () => {
    await seedDemo();
    await expectRatingsExact();
    await expectMovieCountsExact();
    await removeDemo();
  },
};
