import type { Filter, ResourceWithOptions } from 'adminjs';
import { STARS } from '../../src/ratings/distribution.js';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { NOT_NULL } from '../../src/models/validation.js';
import { WatchList } from '../../src/models/watch-list.js';
import { type Actor, can } from '../../src/policies/policies.js';
import { readMovieCount } from '../../src/reads/platforms.js';
import { findMovies } from '../../src/search/find.js';
import type { IdSet } from '../../src/search/id-set.js';
import { actionsFor } from '../actions/standard-actions.js';
import { components, flag } from '../components.js';
import { type Decision, decisionActions } from '../actions/drawer-actions.js';
import { importAction } from '../import-export/import-action.js';
import { refusal } from '../adapter/validation-errors.js';
import { picking, searchable, SearchedResource } from '../adapter/searchable-resource.js';

const shares = STARS.map((stars) => `rating_${stars}`);
const ratings = ['avg_rating', 'number_rating', 'weighted_rating'];
const editable = ['title', 'platform_id', 'storyline', 'active'];

const may = (actor: Actor | null, values?: Record<string, unknown>) => can(actor, 'update', 'movie', values);
const shows = ['title', 'platform_id'];

/** What is done to a selection of movies: all of them or none. */
const decisions: Record<string, Decision> = {
  activate: {
    icon: 'Eye',
    may,
    applies: ({ active }) => active !== true,
    shows,
    decide: (ids) => change(ids, { active: true }),
  },
  deactivate: {
    icon: 'EyeOff',
    may,
    applies: ({ active }) => active === true,
    shows,
    decide: (ids) => change(ids, { active: false }),
  },
  move: {
    icon: 'ArrowRight',
    may,
    applies: () => true,
    shows,
    asks: 'platform_id',
    decide: async (ids, { platform_id }) => {
      if (typeof platform_id !== 'number') throw refusal({ platform_id: NOT_NULL });
      await change(ids, { platform_id });
    },
  },
};

async function change(ids: number[], values: Partial<WatchList>): Promise<void> {
  await WatchList.update(values, { where: { id: ids } });
}

const ACTIVE: Record<string, boolean> = { true: true, false: false };

/** The movies: where their platform and whether they are active alone filters, the platforms' counts tell the list's length. */
class MovieResource extends SearchedResource<WatchList> {
  protected override findIds(terms: readonly string[]): Promise<IdSet | null> {
    return findMovies(terms);
  }

  override async count(filter: Filter): Promise<number> {
    const values: Record<string, unknown> = Object.fromEntries(
      Object.values(filter.filters).map(({ path, value }) => [path, value]),
    );
    const { platform_id: platform, active, ...others } = values;
    const isKnown =
      Object.keys(others).length === 0 &&
      (platform === undefined || (typeof platform === 'string' && /^\d{1,15}$/.test(platform))) &&
      (active === undefined || (typeof active === 'string' && Object.hasOwn(ACTIVE, active)));
    if (!isKnown) return super.count(filter);
    return readMovieCount(
      platform === undefined ? undefined : Number(platform),
      active === undefined ? undefined : ACTIVE[active],
    );
  }
}

/** Movies in the panel. Their rating fields follow from the reviews and are only shown. */
export const movies: ResourceWithOptions = {
  resource: new MovieResource(WatchList, {
    readable: ['id', ...editable, 'created', ...ratings, ...shares],
    writable: editable,
    keys: { title: 'title_key' },
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
      ...ratings,
      'distribution',
      'latest_reviews',
      'id',
    ],
    editProperties: editable,
    filterProperties: ['title', 'platform_id', 'active', ...ratings, 'created'],
    properties: {
      platform_id: { reference: 'stream_platforms', isRequired: true },
      storyline: { type: 'textarea', props: { rows: 6 } },
      active: flag(true),
      avg_rating: {
        components: { list: components.Stars, show: components.Stars, filter: components.Range },
      },
      weighted_rating: {
        components: { list: components.Stars, show: components.Stars, filter: components.Range },
      },
      number_rating: { components: { filter: components.Range } },
      distribution: { components: { show: components.Distribution } },
      latest_reviews: { components: { show: components.LatestReviews } },
    },
    actions: { ...movieActions(), import: importAction },
  },
};

function movieActions() {
  const actions = actionsFor({
    read: (actor) => can(actor, 'read', 'movie'),
    create: (actor) => can(actor, 'create', 'movie'),
    update: may,
    delete: (actor, values) => can(actor, 'delete', 'movie', values),
  });
  return {
    ...actions,
    list: { ...actions.list, ...searchable },
    search: { ...actions.search, ...picking },
    ...decisionActions(decisions),
  };
}
