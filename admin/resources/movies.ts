import type { Filter, ResourceWithOptions } from 'adminjs';
import { literal, Op, type WhereOptions } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { STARS } from '../../src/ratings/distribution.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { foldCase, isStorable, NOT_NULL } from '../../src/models/validation.js';
import { KINDS } from '../../src/models/movie-fields.js';
import { WatchList } from '../../src/models/watch-list.js';
import { lockGenres, lockMovies } from '../../src/ratings/locks.js';
import { lockLeaving } from '../../src/ratings/movie-counts.js';
import { can } from '../../src/policies/policies.js';
import { readMovieCount } from '../../src/reads/platforms.js';
import { findMovies } from '../../src/search/find.js';
import type { IdSet } from '../../src/search/id-set.js';
import { type DrawerAction, drawerActions } from '../actions/drawer-actions.js';
import type { Permission } from '../actions/permissions.js';
import { standardActions } from '../actions/standard-actions.js';
import { idsIn } from '../adapter/form-values.js';
import { NO_RECORD, numberRange } from '../adapter/filters.js';
import { pickerSearch, SearchableResource, withSearchBox } from '../adapter/searchable-resource.js';
import { validationError } from '../adapter/validation-errors.js';
import { components } from '../components.js';
import { importAction } from '../import-export/import-action.js';
import { booleanProperty } from './boolean-property.js';
import { onSite } from './site-page.js';

const DETAILS = ['year', 'kind', 'genres', 'runtime', 'imdb_id'];
const BASICS = ['title', 'platform_id', 'storyline', 'active'];
const EDITABLE = ['title', 'platform_id', 'storyline', ...DETAILS, 'active'];
const RATINGS = ['avg_rating', 'number_rating', 'weighted_rating'];
const RATING_COUNTS = STARS.map((stars) => `rating_${stars}`);

const BOOLEANS: Record<string, boolean> = { true: true, false: false };

const mayUpdate: Permission = (actor, values) => can(actor, 'update', 'movie', values);

class MovieResource extends SearchableResource<WatchList> {
  protected override async findIds(terms: readonly string[]): Promise<IdSet | null> {
    const found = await findMovies({ terms, phrase: '' });
    return found && found.set;
  }

  protected override async customFilter(path: string, value: unknown): Promise<WhereOptions | null> {
    if (path === 'year') return yearWithin(value);
    return path === 'genres' ? hasGenreNamed(value) : super.customFilter(path, value);
  }

  /** Without other filters than the platform and `active`, the platforms' stored counts give the list's length. */
  override async count(filter: Filter): Promise<number> {
    const values: Record<string, unknown> = Object.fromEntries(
      Object.values(filter.filters).map(({ path, value }) => [path, value]),
    );
    const { platform_id: platform, active, ...others } = values;
    const isStored =
      Object.keys(others).length === 0 &&
      (platform === undefined || (typeof platform === 'string' && /^\d{1,15}$/.test(platform))) &&
      (active === undefined || (typeof active === 'string' && Object.hasOwn(BOOLEANS, active)));
    if (!isStored) return super.count(filter);
    return readMovieCount(
      platform === undefined ? undefined : Number(platform),
      active === undefined ? undefined : BOOLEANS[active],
    );
  }
}

/** Movies in the panel. Their rating fields are read-only: they follow from the reviews. */
export const movies: ResourceWithOptions = {
  resource: new MovieResource(WatchList, {
    readable: ['id', ...BASICS, 'created', ...RATINGS, ...RATING_COUNTS, ...DETAILS, 'poster'],
    writable: EDITABLE,
    caseFolded: { title: 'title_key' },
    exactMatch: ['kind', 'imdb_id'],
    lists: ['genres'],
    ownFilters: ['genres', 'year'],
    orderedBy: { year: { ASC: 'year_asc', DESC: 'year_desc' } },
    lock: async (id, { platform_id, genres }) => {
      const [to] = idsIn(platform_id);
      if (to !== undefined) await lockLeaving([id], to, { genres: genres !== undefined });
      else if (genres !== undefined) await lockGenres();
      await lockMovies([id], { required: [] });
    },
    exported: {
      file: 'movies',
      // A name of files that are not exported.
      without: ['poster'],
      names: { platform: { key: 'platform_id', model: StreamPlatform, attribute: 'name' } },
    },
  }),
  options: {
    navigation: { name: null, icon: 'Film' },
    sort: { sortBy: 'created', direction: 'desc' },
    titleProperty: 'title',
    listProperties: [
      'poster',
      'title',
      'year',
      'genres',
      'platform_id',
      'active',
      'avg_rating',
      'number_rating',
      'created',
    ],
    showProperties: [
      'poster',
      'title',
      'platform_id',
      'storyline',
      ...DETAILS,
      'active',
      'created',
      ...RATINGS,
      'distribution',
      'latest_reviews',
      'id',
    ],
    editProperties: [...EDITABLE, 'poster'],
    filterProperties: ['title', 'platform_id', ...DETAILS, 'active', ...RATINGS, 'created'],
    properties: {
      id: onSite({ path: '/movies/', property: 'id' }),
      // It would be sorted by an id that nobody sees.
      platform_id: { reference: 'stream_platforms', isRequired: true, isSortable: false },
      storyline: { type: 'textarea', props: { rows: 6 } },
      active: booleanProperty(true, { isSwitchedInLists: true }),
      year: { components: { filter: components.RangeFilter } },
      kind: { availableValues: KINDS.map((value) => ({ value, label: value })), isRequired: false },
      genres: {
        isSortable: false,
        components: {
          list: components.Genres,
          show: components.Genres,
          edit: components.GenresEdit,
          filter: components.GenresFilter,
        },
      },
      runtime: { components: { filter: components.RangeFilter } },
      avg_rating: {
        components: { list: components.Stars, show: components.Stars, filter: components.RangeFilter },
      },
      weighted_rating: {
        components: { list: components.Stars, show: components.Stars, filter: components.RangeFilter },
      },
      number_rating: { components: { filter: components.RangeFilter } },
      poster: {
        isSortable: false,
        components: { list: components.PosterThumb, show: components.Poster, edit: components.Poster },
      },
      distribution: { components: { show: components.RatingDistribution } },
      latest_reviews: { components: { show: components.LatestReviews } },
    },
    actions: { ...movieActions(), import: importAction },
  },
};

/** The condition that a movie has a genre, whose name is given as a whole; null for an empty one. */
function hasGenreNamed(name: unknown): WhereOptions | null {
  if (typeof name !== 'string' || name.trim() === '') return null;
  if (!isStorable(name)) return NO_RECORD;
  const key = sequelize.escape(foldCase(name.trim()));
  return {
    id: {
      [Op.in]: literal(`(SELECT watchlist_id FROM watch_list_genres
        WHERE genre_id = (SELECT id FROM genres WHERE name_key = ${key}))`),
    },
  };
}

/** The condition on the year, by the column that has an index. It is 9999 where there is no year. */
function yearWithin(value: unknown): WhereOptions | null {
  const range = numberRange('year', typeof value === 'object' ? value : { from: value, to: value });
  return range && { year_asc: { [Op.lt]: 9_999, ...range } };
}

function movieActions() {
  const shownProperties = ['title', 'platform_id'];
  const bulkUpdates: Record<string, DrawerAction> = {
    activate: {
      icon: 'Eye',
      isAllowed: mayUpdate,
      appliesTo: ({ active }) => active !== true,
      shownProperties,
      run: (ids) => update(ids, { active: true }),
    },
    deactivate: {
      icon: 'EyeOff',
      isAllowed: mayUpdate,
      appliesTo: ({ active }) => active === true,
      shownProperties,
      run: (ids) => update(ids, { active: false }),
    },
    move: {
      icon: 'ArrowRight',
      isAllowed: mayUpdate,
      appliesTo: () => true,
      shownProperties,
      inputProperty: 'platform_id',
      run: async (ids, { platform_id }) => {
        if (typeof platform_id !== 'number') throw validationError({ platform_id: NOT_NULL });
        await update(ids, { platform_id });
      },
    },
  };
  const actions = standardActions({
    read: (actor) => can(actor, 'read', 'movie'),
    create: (actor) => can(actor, 'create', 'movie'),
    update: mayUpdate,
    delete: (actor, values) => can(actor, 'delete', 'movie', values),
  });
  return {
    ...actions,
    list: { ...actions.list, ...withSearchBox },
    search: { ...actions.search, ...pickerSearch },
    ...drawerActions(bulkUpdates),
  };
}

/** Updates movies, all or none. */
async function update(ids: number[], values: Partial<WatchList>): Promise<void> {
  await WatchList.update(values, { where: { id: ids } });
}
