import { transaction } from '../../../src/database/transactions.js';
import { Review } from '../../../src/models/review.js';
import { StreamPlatform } from '../../../src/models/stream-platform.js';
import { User } from '../../../src/models/user.js';
import { WatchList } from '../../../src/models/watch-list.js';
import type { Model, ModelStatic } from 'sequelize';

/** The ids of a few records, picked at random. */
async function some(model: ModelStatic<Model>, howMany: number): Promise<number[]> {
  const records = await model.findAll({ attributes: ['id'] });
  const ids = records.map((record) => record.get('id') as number);
  return Array.from({ length: Math.min(howMany, ids.length) }, () => pick(ids));
}

function pick(ids: number[]): number {
  return ids[Math.floor(Math.random() * ids.length)] as number;
}

/** The ids of users that no client signs in as start here: they may be deleted. */
export const SPARE_FROM = 10_000;

async function spareUsers(): Promise<number[]> {
  const users = await User.findAll({ attributes: ['id'] });
  return users.map(({ id }) => id).filter((id) => id >= SPARE_FROM);
}

const star = () => 1 + Math.floor(Math.random() * 5);

/** Bulk operations on the models, as the panel, an import or a script makes them. */
export const bulkOperations: Record<string, () => Promise<unknown>> = {
  // AdminJS's own way: all at once, each in a transaction of its own.
  async panelDelete() {
    const ids = await some(Review, 8);
    await Promise.all(ids.map((id) => transaction(async () => (await Review.findByPk(id))?.destroy())));
  },
  async destroyWhere() {
    return Review.destroy({ where: { id: await some(Review, 8) } });
  },
  async updateWhere() {
    return Review.update(
      { active: Math.random() < 0.7, rating: star() },
      { where: { id: await some(Review, 8) } },
    );
  },
  async move() {
    const [id] = await some(Review, 1);
    const [watchlist_id] = await some(WatchList, 1);
    const review = id === undefined ? null : await Review.findByPk(id);
    await review?.update({ watchlist_id });
  },
  async bulkCreate() {
    const users = await spareUsers();
    const movies = await some(WatchList, 3);
    const pairs = new Map(
      movies.map((watchlist_id) => [watchlist_id, { watchlist_id, user_id: pick(users), rating: star() }]),
    );
    await Review.bulkCreate([...pairs.values()]);
  },
  async deleteUsers() {
    const users = await spareUsers();
    // Some must stay as authors for the other operations.
    if (users.length > 20) await User.destroy({ where: { id: [pick(users), pick(users)] } });
  },
  async replaceMovies() {
    const platform_id = (await some(StreamPlatform, 1))[0] as number;
    await WatchList.destroy({ where: { id: await some(WatchList, 2) } });
    while ((await WatchList.count()) < 5) {
      await WatchList.create({ title: 'Again', storyline: 'A story.', platform_id });
    }
  },
  async replacePlatform() {
    await StreamPlatform.destroy({ where: { id: await some(StreamPlatform, 1) } });
    const name = `Platform ${Math.random()}`;
    const { id } = await StreamPlatform.create({ name, about: 'Films.', website: 'https://example.org' });
    await WatchList.create({ title: 'New', storyline: 'A story.', platform_id: id });
  },
};
