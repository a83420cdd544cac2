import { literal, Model, type ModelStatic } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { HelpfulVote } from '../../src/models/helpful-vote.js';
import { Review } from '../../src/models/review.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { WatchList } from '../../src/models/watch-list.js';
import { unique } from '../support/factories.js';
import { call, fresh, type Path } from './support/scene.js';

const RATED = { avg_rating: 5 };

/** A movie's platform as SQL. */
const expression = ({ platform_id }: WatchList) => literal(String(platform_id)) as unknown as number;

/** The calls that throw an error that names the alternative, and change nothing. */
export const REFUSED_PATHS: Record<string, [RegExp, Path]> = {
  'Review.upsert': [/use create/, (s) => Review.upsert(...([fresh(s)] as never as []))],
  'Review.findOrCreate': [
    /use findCreateFind/,
    (s) => Review.findOrCreate(...([{ where: fresh(s) }] as never as [])),
  ],
  'Review.increment': [/update it/, () => call(Review, 'increment', 'rating', { where: {} })],
  'Review.decrement': [/update it/, () => call(Review, 'decrement', 'rating', { where: {} })],
  'an increment of an instance': [/update it/, ({ review }) => review.increment('rating')],
  'a decrement of an instance': [/update it/, ({ review }) => review.decrement('rating')],
  'an increment of a movie': [/update it/, ({ movie }) => movie.increment('number_rating')],
  'WatchList.increment': [/update it/, () => call(WatchList, 'increment', 'rating_5', { where: {} })],
  'Review.create that ignores duplicates': [
    /leave out/,
    (s) => Review.create(fresh(s), { ignoreDuplicates: true }),
  ],
  'Review.bulkCreate that ignores duplicates': [
    /leave out/,
    (s) => Review.bulkCreate([fresh(s)], { ignoreDuplicates: true }),
  ],
  'Review.bulkCreate that updates duplicates': [
    /leave out/,
    (s) => Review.bulkCreate([fresh(s)], { updateOnDuplicate: ['rating'] }),
  ],
  'Review.bulkCreate by an SQL expression': [
    /plain values/,
    (s) => Review.bulkCreate([{ ...fresh(s), rating: literal('2 + 2') as never }]),
  ],
  'Review.bulkCreate with a rating that is none': [
    /Validation|range|less than/,
    (s) => Review.bulkCreate([fresh(s, 6)]),
  ],
  'Review.update without where': [/needs a where/, () => Review.update({ rating: 1 }, {} as never)],
  'Review.destroy without where': [/needs a where/, () => Review.destroy()],
  'a write outside the transaction': [
    /transaction\(\)/,
    (s) => Review.create(fresh(s), { transaction: null }),
  ],
  "a write in another's transaction": [
    /transaction\(\)/,
    async ({ review }) => {
      const elsewhere = await sequelize.transaction();
      await Promise.resolve(review.update({ rating: 1 }, { transaction: elsewhere })).finally(() =>
        elsewhere.rollback(),
      );
    },
  ],
  'a restoration': [/not paranoid/, ({ review }) => review.set({ rating: 3 }).restore()],
  'Review.drop': [/migration/, () => Review.drop()],
  'Review.sync': [/migration/, () => Review.sync(...([{ force: true }] as never as []))],
  'WatchList.create with ratings': [
    /write the reviews/,
    ({ movie }) => WatchList.create({ title: 'T', storyline: 'S', platform_id: movie.platform_id, ...RATED }),
  ],
  'WatchList.bulkCreate with ratings': [
    /write the reviews/,
    ({ movie }) =>
      WatchList.bulkCreate([
        { title: 'T', storyline: 'S', platform_id: movie.platform_id, number_rating: 3 },
      ]),
  ],
  'an update of a rating field': [
    /write the reviews/,
    ({ movie }) => movie.update({ weighted_rating: 5 }, { hooks: false }),
  ],
  'a save of an old rating field': [
    /write the reviews/,
    ({ movie }) => movie.set({ title: 'T' }).save({ fields: ['title', 'number_rating'] }),
  ],
  'WatchList.update of rating fields': [
    /write the reviews/,
    ({ movie }) => WatchList.update(RATED, { where: { id: movie.id }, hooks: false }),
  ],
  'WatchList.update by an SQL expression': [
    /write the reviews/,
    ({ movie }) =>
      WatchList.update({ rating_1: literal('rating_1 + 1') as never }, { where: { id: movie.id } }),
  ],
  'WatchList.create by an SQL expression': [
    /plain values/,
    ({ movie }) => WatchList.create({ title: 'T', storyline: 'S', platform_id: expression(movie) }),
  ],
  'WatchList.bulkCreate by an SQL expression': [
    /plain values/,
    ({ movie }) => WatchList.bulkCreate([{ title: 'T', storyline: 'S', platform_id: expression(movie) }]),
  ],
  'WatchList.update to a platform by an SQL expression': [
    /plain values/,
    ({ movie, other }) => WatchList.update({ platform_id: expression(other) }, { where: { id: movie.id } }),
  ],
  'StreamPlatform.create with a count': [
    /write the movies/,
    () =>
      StreamPlatform.create({ name: 'N', about: 'A', website: 'https://example.org', watchlist_count: 3 }),
  ],
  'StreamPlatform.update of the count': [
    /write the movies/,
    ({ movie }) => StreamPlatform.update({ watchlist_count: 3 }, { where: { id: movie.platform_id } }),
  ],
  'a save of an old count': [
    /write the movies/,
    async ({ movie }) =>
      (await StreamPlatform.findByPk(movie.platform_id))?.save({ fields: ['watchlist_count'] }),
  ],
  'queryInterface.bulkInsert': [/call the model Review/, (s) => queries().bulkInsert('reviews', [fresh(s)])],
  'queryInterface.bulkUpdate': [
    /call the model Review/,
    () => queries().bulkUpdate('reviews', { rating: 1 }, {}),
  ],
  'queryInterface.bulkDelete': [/call the model Review/, () => queries().bulkDelete('reviews', {})],
  'queryInterface.bulkDelete of votes': [
    /call the model HelpfulVote/,
    () => queries().bulkDelete('helpful_votes', {}),
  ],
  'queryInterface.bulkUpdate of a profile': [
    /call the model Review/,
    () => queries().bulkUpdate('member_ratings', { rating_1: 1 }, {}),
  ],
  'HelpfulVote.update': [
    /stays as it is/,
    ({ hidden }) => HelpfulVote.update({ review_id: hidden.id }, { where: {}, hooks: false }),
  ],
  'HelpfulVote.create of one’s own review': [
    /own author/,
    ({ review }) => HelpfulVote.create({ review_id: review.id, user_id: review.user_id }),
  ],
  'HelpfulVote.create for a second time': [
    /already/,
    ({ review, newcomer }) => HelpfulVote.create({ review_id: review.id, user_id: newcomer.id }),
  ],
  'an update of a count of votes': [
    /write the helpful votes/,
    ({ review }) => review.update({ helpful_count: 9 }),
  ],
  'Review.bulkCreate with a count of votes': [
    /write the helpful votes/,
    (s) => Review.bulkCreate([{ ...fresh(s), helpful_count: 9 }]),
  ],
  'queryInterface.insert': [/call the model Review/, (s) => queries().insert(null, 'reviews', fresh(s))],
  'queryInterface.delete': [
    /call the model WatchList/,
    ({ movie }) => queries().delete(movie, 'watch_lists', { id: movie.id }),
  ],
  'queryInterface.increment': [
    /call the model WatchList/,
    () => call(queries(), 'increment', WatchList, 'watch_lists', {}, { number_rating: 1 }, {}, {}),
  ],
  'queryInterface.dropTable': [/call the model Review/, () => queries().dropTable('reviews')],
  'another model of the same table': [/call the model Review/, (s) => alias().create(fresh(s))],
  "Sequelize's own methods, borrowed": [
    /call the model Review/,
    ({ review }) => Model.destroy.call(Review as never, { where: { id: review.id } }),
  ],
  'plain SQL that deletes a user': [
    /foreign key|FOREIGN KEY/i,
    ({ author }) => sequelize.query(`DELETE FROM users WHERE id = ${author.id}`),
  ],
  'plain SQL that deletes a movie': [
    /foreign key|FOREIGN KEY/i,
    ({ movie }) => sequelize.query(`DELETE FROM watch_lists WHERE id = ${movie.id}`),
  ],
  'plain SQL that deletes a platform': [
    /foreign key|FOREIGN KEY/i,
    ({ movie }) => sequelize.query(`DELETE FROM stream_platforms WHERE id = ${movie.platform_id}`),
  ],
};

const queries = () => sequelize.getQueryInterface();

function alias(): ModelStatic<Model> {
  const fields = { user_id: 'INTEGER', watchlist_id: 'INTEGER', rating: 'INTEGER' };
  const name = `Alias${unique()}`;
  const model = sequelize.define(name, fields, { tableName: 'reviews', timestamps: false });
  sequelize.modelManager.removeModel(model);
  return model;
}
