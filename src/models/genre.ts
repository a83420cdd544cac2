import {
  DataTypes,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  ValidationError,
} from 'sequelize';
import { sequelize } from '../database/database.js';
import { audit, auditAction } from '../audit/audit-hooks.js';
import { noteChange } from '../database/changes.js';
import { refuseDerived } from '../database/model/derived-fields.js';
import { fieldError } from '../database/model/field-error.js';
import { HookedModel } from '../database/model/hooked-model.js';
import { transaction } from '../database/transactions.js';
import { lockGenres, missing } from '../ratings/locks.js';
import { renewGenresVersion } from '../ratings/genre-version.js';
import { moveMovies } from '../ratings/movie-genres.js';
import { foldCase, NOT_NULL, textFault, validator } from './validation.js';

export const GENRE_NAME_MAX = 40;

/** The fault of a genre's name, or null. */
export function genreFault(name: string): string | null {
  // Movies' genres are read as lines.
  // oxlint-disable-next-line no-control-regex
  const isPlain = !/[\u0000-\u001f\u007f\u2028\u2029]/.test(name);
  return textFault(name, { max: GENRE_NAME_MAX }) ?? (isPlain ? null : 'Control characters are not allowed.');
}

function ofField(field: string, text: string): ValidationError {
  return new ValidationError(text, [fieldError(text, field, '', 'genre')]);
}

/** A genre of movies. */
export class Genre extends HookedModel<InferAttributes<Genre>, InferCreationAttributes<Genre>> {
  static override readonly following = { name: ['name_key'] };

  declare id: CreationOptional<number>;
  declare name: string;
  declare name_key: CreationOptional<string>;
  /** The number of its movies; only `movie-counts.ts` writes it. */
  declare watchlist_count: CreationOptional<number>;

  /**
   * Merges genres into another one: their movies get it in their place, and they are deleted.
   * @throws {ValidationError} where one of them does not exist, or is the other one
   */
  static async merge(ids: readonly number[], into: number): Promise<void> {
    const work = async () => {
      await lockGenres();
      const target = await Genre.findByPk(into);
      if (!target) throw missing('merge_into', into);
      if (ids.includes(into)) throw ofField('merge_into', 'A genre cannot be merged into itself.');
      let movies = 0;
      for (const id of ids) {
        const genre = await Genre.findByPk(id);
        if (!genre) throw missing('id', id);
        movies += await moveMovies(id, into);
        await genre.destroy();
      }
      await auditAction('merge', target, { genres: ids.length, watch_lists: movies });
    };
    await transaction(work, { repeatable: true });
  }

  protected static override async lockAll(): Promise<void> {
    await lockGenres();
  }
}

Genre.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    name: {
      type: DataTypes.STRING(GENRE_NAME_MAX),
      allowNull: false,
      set(this: Genre, value: string) {
        this.setDataValue('name', value);
        this.setDataValue('name_key', foldCase(String(value)));
      },
      validate: { notNull: { msg: NOT_NULL }, text: validator(genreFault) },
    },
    name_key: {
      type: DataTypes.STRING(GENRE_NAME_MAX * 3),
      unique: { name: 'genres_name_key', msg: 'A genre with this name already exists.' },
    },
    watchlist_count: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  },
  { sequelize, tableName: 'genres', modelName: 'Genre' },
);

Genre.addHook('beforeSave', 'refuse the count', (genre, options) => {
  refuseDerived(genre, { watchlist_count: 0 }, 'movies', options.fields);
});

Genre.addHook('beforeSave', 'lock the genres', lockGenres);

Genre.addHook('beforeDestroy', 'refuse a used genre', async (record) => {
  const genre = record as Genre;
  await lockGenres();
  const stored = await Genre.findByPk(genre.id);
  if (!stored || stored.watchlist_count === 0) return;
  throw ofField('id', `${stored.watchlist_count} movies have this genre: merge it with another one.`);
});

audit(Genre, { title: 'name', without: ['watchlist_count'] });

for (const hook of ['beforeSave', 'beforeDestroy'] as const) {
  Genre.addHook(hook, 'note the change', () => noteChange('everything'));
}

for (const hook of ['afterSave', 'afterDestroy'] as const) {
  Genre.addHook(hook, 'renew the version of the names', renewGenresVersion);
}
