import type { BaseRecord, ResourceWithOptions } from 'adminjs';
import type { WhereOptions } from 'sequelize';
import { Genre } from '../../src/models/genre.js';
import { NOT_NULL } from '../../src/models/validation.js';
import { lockGenres } from '../../src/ratings/locks.js';
import { can } from '../../src/policies/policies.js';
import { drawerActions } from '../actions/drawer-actions.js';
import { standardActions } from '../actions/standard-actions.js';
import { hasPrefix, pickerSearch, SearchableResource } from '../adapter/searchable-resource.js';
import type { Context } from '../adapter/read-resource.js';
import { validationError } from '../adapter/validation-errors.js';
import { components } from '../components.js';

/** Genres are found by the beginning of their names. */
class GenreResource extends SearchableResource<Genre> {
  protected override async customFilter(path: string, value: unknown): Promise<WhereOptions | null> {
    return path === 'beginning' && typeof value === 'string' ? hasPrefix('name_key', value) : null;
  }

  override async pick(text: string, _sortBy: string, context: Context): Promise<BaseRecord[]> {
    return this.beginningWith(text, 'name', context);
  }
}

/** Genres in the panel. They are made with movies; here they are renamed, merged, and deleted where unused. */
export const genres: ResourceWithOptions = {
  resource: new GenreResource(Genre, {
    readable: ['id', 'name', 'watchlist_count'],
    writable: ['name'],
    caseFolded: { name: 'name_key' },
    exported: { file: 'genres' },
    lock: lockGenres,
  }),
  options: {
    navigation: { name: null, icon: 'Tag' },
    sort: { sortBy: 'name', direction: 'asc' },
    titleProperty: 'name',
    listProperties: ['name', 'watchlist_count'],
    showProperties: ['name', 'watchlist_count', 'id'],
    editProperties: ['name'],
    filterProperties: ['name', 'watchlist_count'],
    properties: {
      watchlist_count: {
        components: {
          list: components.GenreMovies,
          show: components.GenreMovies,
          filter: components.RangeFilter,
        },
      },
      merge_into: { type: 'reference', reference: 'genres', isVisible: false },
    },
    actions: genreActions(),
  },
};

function genreActions() {
  const actions = standardActions({
    read: (actor) => can(actor, 'read', 'genre'),
    create: (actor) => can(actor, 'create', 'genre'),
    update: (actor) => can(actor, 'update', 'genre'),
    delete: (actor) => can(actor, 'delete', 'genre'),
  });
  const merge = {
    icon: 'GitMerge',
    isAllowed: (actor: Parameters<typeof can>[0]) => can(actor, 'update', 'genre'),
    appliesTo: () => true,
    shownProperties: ['name', 'watchlist_count'],
    inputProperty: 'merge_into',
    run: async (ids: number[], { merge_into }: Record<string, unknown>) => {
      const into = Number(merge_into);
      if (!Number.isSafeInteger(into) || into < 1) throw validationError({ merge_into: NOT_NULL });
      await Genre.merge(ids, into);
    },
  };
  return {
    ...actions,
    search: { ...actions.search, ...pickerSearch },
    ...drawerActions({ merge }, { removesFromList: true }),
  };
}
