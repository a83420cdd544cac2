import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { destroyOneByOne } from '../database/model/destroy-one-by-one.js';
import { HookedModel } from '../database/model/hooked-model.js';
import { transaction } from '../database/transactions.js';
import { keepMovies, lockUsers } from '../ratings/locks.js';

const ONCE = { name: 'saved_movies_user_watchlist', msg: 'You have already saved this movie!' };

/** A movie that a user wants to see. Only the user knows of it. */
export class SavedMovie extends HookedModel<
  InferAttributes<SavedMovie>,
  InferCreationAttributes<SavedMovie>
> {
  static override readonly createsInBulk = true;

  /** In the order in which the user has saved them. */
  declare id: CreationOptional<number>;
  declare user_id: number;
  declare watchlist_id: number;
  declare created: CreationOptional<Date>;

  /**
   * Saves a movie for a user, unless it is saved.
   * @throws {ValidationError} where there is no such user; {ForeignKeyConstraintError} where there is no such movie
   */
  static keep(user_id: number, watchlist_id: number): Promise<void> {
    const work = async () => {
      await lockUsers([user_id], { alone: true });
      if (await SavedMovie.findOne({ where: { user_id, watchlist_id } })) return;
      await SavedMovie.create({ user_id, watchlist_id });
    };
    return transaction(work, { repeatable: true });
  }

  /** Takes a movie off a user's list, as far as it is on it. */
  static forget(user_id: number, watchlist_id: number): Promise<void> {
    const work = async () => {
      await lockUsers([user_id], { required: [], alone: true });
      await destroyOneByOne(SavedMovie, { user_id, watchlist_id });
    };
    return transaction(work, { repeatable: true });
  }
}

SavedMovie.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    user_id: { type: DataTypes.INTEGER, allowNull: false, unique: ONCE },
    watchlist_id: { type: DataTypes.INTEGER, allowNull: false, unique: ONCE },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
  },
  { sequelize, tableName: 'saved_movies', modelName: 'SavedMovie' },
);

// The user's lock orders the writes of a list: two that add the same movie would wait for each other.
async function lockOwners(records: SavedMovie[]): Promise<void> {
  await lockUsers([...new Set(records.map(({ user_id }) => user_id))], { alone: true });
  await keepMovies(records.map(({ watchlist_id }) => watchlist_id));
}

SavedMovie.addHook('beforeCreate', 'lock the user and the movie', (record) =>
  lockOwners([record as SavedMovie]),
);
SavedMovie.addHook('beforeBulkCreate', 'lock the users and the movies', (records) =>
  lockOwners(records as SavedMovie[]),
);
