import {
  DataTypes,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { audit, noteCascade } from '../audit/audit-hooks.js';
import { noteChange } from '../database/changes.js';
import { refuseDerived } from '../database/model/derived-fields.js';
import { countMovies, lockLeaving, platformOf } from '../ratings/movie-counts.js';
import { uncountGenresFrom } from '../ratings/movie-genres.js';
import { NO_RATINGS, RATING_FIELDS } from '../ratings/distribution.js';
import { lockGenres, lockMovies, lockPlatforms } from '../ratings/locks.js';
import { HookedModel } from '../database/model/hooked-model.js';
import { lockBelongings, removeReviewsFrom } from '../ratings/cascades.js';
import { changesGenres, genresAttribute, keepGenres } from './movie-genres.js';
import { foldCase, NOT_NULL, rangeFault, textFault, validator } from './validation.js';
import { queueMovie, queueMoviesFrom } from '../search/index-queue.js';
import { keepSearchText } from './search-text.js';
import {
  TITLE_MAX,
  STORYLINE_MAX,
  YEAR_MIN,
  YEAR_MAX,
  RUNTIME_MIN,
  RUNTIME_MAX,
  IMDB_ID_MAX,
  type Kind,
  kindFault,
  imdbIdFault,
} from './movie-fields.js';
import { StreamPlatform } from './stream-platform.js';

/** A movie. `rating_1` to `rating_5` count its visible reviews by stars. Only `votes.ts` writes the rating fields. */
export class WatchList extends HookedModel<InferAttributes<WatchList>, InferCreationAttributes<WatchList>> {
  static override readonly createsInBulk = true;
  static override readonly following = { title: ['title_key'], genres: ['genre_ids'] };

  declare id: CreationOptional<number>;
  declare title: string;
  declare title_key: CreationOptional<string>;
  declare storyline: string;
  declare platform_id: ForeignKey<number>;
  declare active: CreationOptional<boolean>;
  declare created: CreationOptional<Date>;
  declare year: CreationOptional<number | null>;
  declare kind: CreationOptional<Kind>;
  /** In minutes. */
  declare runtime: CreationOptional<number | null>;
  declare imdb_id: CreationOptional<string | null>;
  /** The names of its genres; `movie-genres.ts` reads and writes them. */
  declare genres: CreationOptional<string[]>;
  declare genre_ids: CreationOptional<string>;
  declare avg_rating: CreationOptional<number>;
  declare number_rating: CreationOptional<number>;
  declare weighted_rating: CreationOptional<number>;
  declare rating_1: CreationOptional<number>;
  declare rating_2: CreationOptional<number>;
  declare rating_3: CreationOptional<number>;
  declare rating_4: CreationOptional<number>;
  declare rating_5: CreationOptional<number>;
  declare search_text: CreationOptional<string>;
  /** The hash that names the poster's files, its size and its main colour; `posters.ts` writes them together. */
  declare poster: CreationOptional<string | null>;
  declare poster_width: CreationOptional<number | null>;
  declare poster_height: CreationOptional<number | null>;
  declare poster_color: CreationOptional<string | null>;
  declare platform?: NonAttribute<StreamPlatform>;

  protected static override async lockAll(ids: number[], values: Partial<WatchList> | null): Promise<void> {
    const { platform_id, genres } = values ?? {};
    if (values && platform_id === undefined) {
      if (genres !== undefined) await lockGenres();
      await lockMovies(ids, { required: [] });
      return;
    }
    const to = platform_id && plainPlatformOf({ platform_id });
    await lockLeaving(ids, to, { genres: !values || genres !== undefined });
    if (!values) await lockBelongings(ids);
  }
}

const whole = (min: number, max: number) => ({
  type: DataTypes.INTEGER,
  validate: { range: validator((value: number) => rangeFault(value, min, max)) },
});

const counter = () => ({ type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 });

WatchList.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    title: {
      type: DataTypes.STRING(TITLE_MAX),
      allowNull: false,
      set(this: WatchList, value: string) {
        this.setDataValue('title', value);
        this.setDataValue('title_key', foldCase(String(value)));
      },
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator((value: string) => textFault(value, { max: TITLE_MAX })),
      },
    },
    title_key: { type: DataTypes.STRING(TITLE_MAX * 3) },
    storyline: {
      type: DataTypes.TEXT,
      allowNull: false,
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator((value: string) => textFault(value, { max: STORYLINE_MAX })),
      },
    },
    platform_id: { type: DataTypes.INTEGER, allowNull: false, validate: { notNull: { msg: NOT_NULL } } },
    active: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
    created: { type: DataTypes.DATE(3), allowNull: false, defaultValue: DataTypes.NOW },
    year: whole(YEAR_MIN, YEAR_MAX),
    kind: {
      type: DataTypes.STRING(8),
      allowNull: false,
      defaultValue: 'movie',
      validate: { notNull: { msg: NOT_NULL }, kind: validator(kindFault) },
    },
    runtime: whole(RUNTIME_MIN, RUNTIME_MAX),
    imdb_id: {
      type: DataTypes.STRING(IMDB_ID_MAX),
      // A form has no other way to say that there is none.
      set(this: WatchList, value: string | null) {
        this.setDataValue('imdb_id', value === '' ? null : value);
      },
      validate: { form: validator(imdbIdFault) },
    },
    genres: genresAttribute,
    genre_ids: { type: DataTypes.STRING(200), allowNull: false, defaultValue: '' },
    avg_rating: { type: DataTypes.DOUBLE, allowNull: false, defaultValue: NO_RATINGS.avg_rating },
    number_rating: counter(),
    weighted_rating: { type: DataTypes.DOUBLE, allowNull: false, defaultValue: NO_RATINGS.weighted_rating },
    rating_1: counter(),
    rating_2: counter(),
    rating_3: counter(),
    rating_4: counter(),
    rating_5: counter(),
    search_text: { type: DataTypes.TEXT },
    poster: { type: DataTypes.STRING(40) },
    poster_width: { type: DataTypes.INTEGER },
    poster_height: { type: DataTypes.INTEGER },
    poster_color: { type: DataTypes.STRING(7) },
  },
  { sequelize, tableName: 'watch_lists', modelName: 'WatchList' },
);

WatchList.belongsTo(StreamPlatform, { as: 'platform', foreignKey: 'platform_id', constraints: false });

/** By the options of a running save that may change counts: the movie's platform before it; null for a new movie. */
const platformsBefore = new WeakMap<object, number | null>();

/* The hooks run in this order: checks, locks in lock order, then the counts and the queue of the search index. */

WatchList.addHook('beforeSave', 'refuse the ratings', (movie, options) => {
  refuseDerived(movie, { ...NO_RATINGS }, 'reviews', options.fields);
});

WatchList.addHook('beforeSave', 'lock the platforms', async (record, options) => {
  const movie = record as WatchList;
  if (movie.isNewRecord) {
    await lockPlatforms([plainPlatformOf(movie)]);
    platformsBefore.set(options, null);
  } else if (options.fields?.includes('platform_id') ?? movie.changed('platform_id')) {
    const genres = changesGenres(movie, options.fields);
    await lockLeaving([movie.id], plainPlatformOf(movie), { genres });
    platformsBefore.set(options, await platformOf(movie.id));
  }
});

keepGenres(WatchList);

// It may lock the movie, so it comes after the locks of platforms and genres.
keepSearchText(WatchList, ['title', 'storyline']);

// The stored row counts: the record in memory may be stale.
WatchList.addHook('afterSave', 'count the movie', async (record, options) => {
  const before = platformsBefore.get(options);
  if (before === undefined) return;
  const after = await platformOf((record as WatchList).id);
  if (after === before) return;
  if (before !== null) await countMovies('stream_platforms', [before], -1);
  if (after !== null) await countMovies('stream_platforms', [after], 1);
});

WatchList.addHook('afterSave', 'queue for the index', async (record, { fields }) => {
  if (fields?.includes('search_text')) await queueMovie((record as WatchList).id);
});

WatchList.addHook('beforeBulkCreate', 'refuse the ratings', (movies) => {
  for (const movie of movies) refuseDerived(movie, { ...NO_RATINGS }, 'reviews');
});

WatchList.addHook('beforeBulkCreate', 'lock the platforms', async (movies) => {
  await lockPlatforms((movies as WatchList[]).map(plainPlatformOf));
});

WatchList.addHook('afterBulkCreate', 'count the movies', async (movies) => {
  await countMovies('stream_platforms', (movies as WatchList[]).map(plainPlatformOf), 1);
});

WatchList.addHook('afterBulkCreate', 'queue for the index', async (movies) => {
  // Only the first id is certain: Sequelize counts the others up, but a cluster may assign them in larger steps.
  const [first] = movies as WatchList[];
  if (first) await queueMoviesFrom(first.id);
});

WatchList.addHook('beforeDestroy', 'delete the reviews', async (record) => {
  const movie = record as WatchList;
  await lockLeaving([movie.id]);
  const platform = await platformOf(movie.id);
  await queueMovie(movie.id);
  await uncountGenresFrom(movie.id);
  noteCascade(movie, { reviews: await removeReviewsFrom(movie.id) });
  if (platform !== null) await countMovies('stream_platforms', [platform], -1);
});

/**
 * The platform of a movie in memory, to be locked before the write.
 * @throws where it is an SQL expression, whose value is not known
 */
function plainPlatformOf({ platform_id }: Pick<WatchList, 'platform_id'>): number {
  if ((platform_id as unknown) instanceof Object) throw new Error('platform_id takes plain values only');
  return platform_id;
}

const POSTER_DETAILS = ['poster_width', 'poster_height', 'poster_color'];
audit(WatchList, { title: 'title', without: [...RATING_FIELDS, 'genre_ids', ...POSTER_DETAILS] });

for (const hook of ['beforeSave', 'beforeDestroy', 'beforeBulkCreate'] as const) {
  WatchList.addHook(hook, 'note the change', () => noteChange('everything'));
}
