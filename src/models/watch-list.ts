import {
  DataTypes,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database.js';
import { audit, noteGoingAlong } from './audit.js';
import { noteChange } from './changes.js';
import { lockMovies, lockPlatform, NO_RATINGS, RATING_FIELDS } from './ratings.js';
import { HookedModel } from './record.js';
import { removeReviewsFrom } from './removals.js';
import { foldCase, NOT_NULL, textFault, validator } from './rules.js';
import { searchText } from './search.js';
import { StreamPlatform } from './stream-platform.js';

export const TITLE_MAX = 200;
export const STORYLINE_MAX = 2_000;

/** A movie. `rating_1` to `rating_5` count its shown reviews by stars; all rating fields are written by `ratings.ts` alone. */
export class WatchList extends HookedModel<InferAttributes<WatchList>, InferCreationAttributes<WatchList>> {
  static override readonly createsInBulk = true;

  declare id: CreationOptional<number>;
  declare title: string;
  declare title_key: CreationOptional<string>;
  declare storyline: string;
  declare platform_id: ForeignKey<number>;
  declare active: CreationOptional<boolean>;
  declare created: CreationOptional<Date>;
  declare avg_rating: CreationOptional<number>;
  declare number_rating: CreationOptional<number>;
  declare weighted_rating: CreationOptional<number>;
  declare rating_1: CreationOptional<number>;
  declare rating_2: CreationOptional<number>;
  declare rating_3: CreationOptional<number>;
  declare rating_4: CreationOptional<number>;
  declare rating_5: CreationOptional<number>;
  declare search_text: CreationOptional<string>;
  declare platform?: NonAttribute<StreamPlatform>;

  protected static override async lockAll(ids: number[], values: Partial<WatchList> | null): Promise<void> {
    if (values?.platform_id !== undefined) await lockPlatform(values.platform_id);
    await lockMovies(ids, { required: [] });
  }
}

function setWithSearchText(attribute: 'title' | 'storyline') {
  return function set(this: WatchList, value: string) {
    this.setDataValue(attribute, value);
    if (attribute === 'title') this.setDataValue('title_key', foldCase(String(value)));
    this.setDataValue('search_text', searchText(this.getDataValue('title'), this.getDataValue('storyline')));
  };
}

const counter = () => ({ type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 });

WatchList.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    title: {
      type: DataTypes.STRING(TITLE_MAX),
      allowNull: false,
      set: setWithSearchText('title'),
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator((value: string) => textFault(value, { max: TITLE_MAX })),
      },
    },
    title_key: { type: DataTypes.STRING(TITLE_MAX * 3) },
    storyline: {
      type: DataTypes.TEXT,
      allowNull: false,
      set: setWithSearchText('storyline'),
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator((value: string) => textFault(value, { max: STORYLINE_MAX })),
      },
    },
    platform_id: { type: DataTypes.INTEGER, allowNull: false, validate: { notNull: { msg: NOT_NULL } } },
    active: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    avg_rating: { type: DataTypes.DOUBLE, allowNull: false, defaultValue: NO_RATINGS.avg_rating },
    number_rating: counter(),
    weighted_rating: { type: DataTypes.DOUBLE, allowNull: false, defaultValue: NO_RATINGS.weighted_rating },
    rating_1: counter(),
    rating_2: counter(),
    rating_3: counter(),
    rating_4: counter(),
    rating_5: counter(),
    search_text: { type: DataTypes.TEXT },
  },
  { sequelize, tableName: 'watch_lists', modelName: 'WatchList' },
);

WatchList.belongsTo(StreamPlatform, { as: 'platform', foreignKey: 'platform_id', constraints: false });

/** @param fields those that are about to be written; a movie in memory may be older than its ratings */
function refuseWrittenRatings(movie: WatchList, fields: readonly string[] = []): void {
  const written = RATING_FIELDS.filter((field) =>
    movie.isNewRecord ? movie[field] !== NO_RATINGS[field] : movie.changed(field) || fields.includes(field),
  );
  if (written.length > 0) throw new Error(`${written.join(', ')} follow from the reviews: write the reviews`);
}

WatchList.addHook('beforeSave', 'ratings and platform', async (record, options) => {
  const movie = record as WatchList;
  refuseWrittenRatings(movie, options.fields);
  if (movie.changed('platform_id')) await lockPlatform(movie.platform_id);
});

WatchList.addHook('beforeBulkCreate', 'ratings and platforms', async (records) => {
  const movies = records as WatchList[];
  for (const movie of movies) refuseWrittenRatings(movie);
  const platforms = new Set(movies.map((movie) => movie.platform_id));
  for (const id of [...platforms].toSorted((a, b) => a - b)) await lockPlatform(id);
});

WatchList.addHook('beforeDestroy', 'reviews', async (movie) => {
  noteGoingAlong(movie, { reviews: await removeReviewsFrom((movie as WatchList).id) });
});

audit(WatchList, { title: 'title', without: RATING_FIELDS });

for (const hook of ['beforeSave', 'beforeDestroy', 'beforeBulkCreate'] as const) {
  WatchList.addHook(hook, 'tell of the change', () => noteChange('everything'));
}
