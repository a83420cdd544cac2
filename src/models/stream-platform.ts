import {
  DataTypes,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { audit, noteCascade } from '../audit/audit-hooks.js';
import { noteChange } from '../database/changes.js';
import { refuseDerived } from '../database/model/derived-fields.js';
import { HookedModel } from '../database/model/hooked-model.js';
import { lockPlatformsExclusively, removeMoviesOf } from '../ratings/cascades.js';
import { foldCase, isStorable, NOT_NULL, textFault, urlFault, trimmed, validator } from './validation.js';
import { keepSearchText } from './search-text.js';

export const PLATFORM_NAME_MAX = 30;
export const PLATFORM_ABOUT_MAX = 150;
export const PLATFORM_WEBSITE_MAX = 100;

/** A streaming platform. */
export class StreamPlatform extends HookedModel<
  InferAttributes<StreamPlatform>,
  InferCreationAttributes<StreamPlatform>
> {
  static override readonly following = { name: ['name_key'] };

  declare id: CreationOptional<number>;
  declare name: string;
  declare name_key: CreationOptional<string>;
  declare about: string;
  declare website: string;
  /** The number of its movies; only `movie-counts.ts` writes it. */
  declare watchlist_count: CreationOptional<number>;
  declare search_text: CreationOptional<string>;

  protected static override async lockAll(ids: number[], values: object | null): Promise<void> {
    if (!values) await lockPlatformsExclusively(ids);
  }

  /** Finds a platform by its name, ignoring case. */
  static async byName(name: string): Promise<StreamPlatform | null> {
    return isStorable(name) ? StreamPlatform.findOne({ where: { name_key: foldCase(name) } }) : null;
  }
}

StreamPlatform.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    name: {
      type: DataTypes.STRING(PLATFORM_NAME_MAX),
      allowNull: false,
      set(this: StreamPlatform, value: string) {
        const name = trimmed(value);
        this.setDataValue('name', name);
        this.setDataValue('name_key', foldCase(String(name)));
      },
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator((value: string) => textFault(value, { max: PLATFORM_NAME_MAX })),
      },
    },
    name_key: {
      type: DataTypes.STRING(PLATFORM_NAME_MAX * 3),
      unique: { name: 'stream_platforms_name_key', msg: 'A platform with this name already exists.' },
    },
    about: {
      type: DataTypes.STRING(PLATFORM_ABOUT_MAX),
      allowNull: false,
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator((value: string) => textFault(value, { max: PLATFORM_ABOUT_MAX })),
      },
    },
    website: {
      type: DataTypes.STRING(PLATFORM_WEBSITE_MAX),
      allowNull: false,
      set(this: StreamPlatform, value: string) {
        this.setDataValue('website', trimmed(value));
      },
      validate: {
        notNull: { msg: NOT_NULL },
        text: validator(
          (value: string) => textFault(value, { max: PLATFORM_WEBSITE_MAX }) ?? urlFault(value),
        ),
      },
    },
    watchlist_count: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
    search_text: { type: DataTypes.TEXT },
  },
  { sequelize, tableName: 'stream_platforms', modelName: 'StreamPlatform' },
);

keepSearchText(StreamPlatform, ['name', 'about']);

StreamPlatform.addHook('beforeSave', 'refuse the count', (platform, options) => {
  refuseDerived(platform, { watchlist_count: 0 }, 'movies', options.fields);
});

StreamPlatform.addHook('beforeDestroy', 'delete the movies', async (platform) => {
  noteCascade(platform, await removeMoviesOf((platform as StreamPlatform).id));
});

audit(StreamPlatform, { title: 'name', without: ['watchlist_count'] });

for (const hook of ['beforeSave', 'beforeDestroy', 'beforeBulkCreate'] as const) {
  StreamPlatform.addHook(hook, 'note the change', () => noteChange('everything'));
}
