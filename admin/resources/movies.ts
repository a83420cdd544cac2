import type { Filter, ResourceWithOptions } from 'adminjs';
import { STARS } from '../../src/ratings/distribution.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { NOT_NULL } from '../../src/models/validation.js';
import { WatchList } from '../../src/models/watch-list.js';
import { can } from '../../src/policies/policies.js';
import { readMovieCount } from '../../src/reads/platforms.js';
import { findMovies } from '../../src/search/find.js';
import type { IdSet } from '../../src/search/id-set.js';
import { type DrawerAction, drawerActions } from '../actions/drawer-actions.js';
import type { Permission } from '../actions/permissions.js';
import { standardActions } from '../actions/standard-actions.js';
import { pickerSearch, SearchableResource, withSearchBox } from '../adapter/searchable-resource.js';
import { validationError } from '../adapter/validation-errors.js';
import { components } from '../components.js';
import { importAction } from '../import-export/import-action.js';
import { booleanProperty } from './boolean-property.js';

const EDITABLE = ['title', 'platform_id', 'storyline', 'active'];
const RATINGS = ['avg_rating', 'number_rating', 'weighted_rating'];
const RATING_COUNTS = STARS.map((stars) => `rating_${stars}`);

const BOOLEANS: Record<string, boolean> = { true: true, false: false };

const mayUpdate: Permission = (actor, values) => can(actor, 'update', 'movie', values);

class MovieResource extends SearchableResource<WatchList> {
  protected override findIds(terms: readonly string[]): Promise<IdSet | null> {
    return findMovies(terms);
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
    readable: ['id', ...EDITABLE, 'created', ...RATINGS, ...RATING_COUNTS],
    writable: EDITABLE,
    caseFolded: { title: 'title_key' },
    exported: {
      file: 'movies',
      names: { platform: { key: 'platform_id', model: StreamPlatform, attribute: 'name' } },
    },
  }),
  options: {
    navigation: { name: null, icon: 'Film' },
    sort: { sortBy: 'created', direction: 'desc' },
    titleProperty: 'title',
    listProperties: ['title', 'platform_id', 'active', 'avg_rating', 'number_rating', 'created'],
    showProperties: [
      'title',
      'platform_id',
      'storyline',
      'active',
      'created',
      ...RATINGS,
      'distribution',
      'latest_reviews',
      'id',
    ],
    editProperties: EDITABLE,
    filterProperties: ['title', 'platform_id', 'active', ...RATINGS, 'created'],
    properties: {
      platform_id: { reference: 'stream_platforms', isRequired: true },
      storyline: { type: 'textarea', props: { rows: 6 } },
      active: booleanProperty(true),
      avg_rating: {
        components: { list: components.Stars, show: components.Stars, filter: components.RangeFilter },
      },
      weighted_rating: {
        components: { list: components.Stars, show: components.Stars, filter: components.RangeFilter },
      },
      number_rating: { components: { filter: components.RangeFilter } },
      distribution: { components: { show: components.RatingDistribution } },
      latest_reviews: { components: { show: components.LatestReviews } },
    },
    actions: { ...movieActions(), import: importAction },
  },
};

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
