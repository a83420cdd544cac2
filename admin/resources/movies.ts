import type { ResourceWithOptions } from 'adminjs';
import { STARS } from '../../src/models/ratings.js';
import { WatchList } from '../../src/models/watch-list.js';
import { can } from '../../src/policies/policies.js';
import { actionsFor } from '../actions.js';
import { components, flag } from '../components.js';
import { PanelResource } from './resource.js';

const shares = STARS.map((stars) => `rating_${stars}`).toReversed();
const ratings = ['avg_rating', 'number_rating', 'weighted_rating'];
const editable = ['title', 'platform_id', 'storyline', 'active'];

/** Movies in the panel. Their rating fields follow from the reviews and are only shown. */
export const movies: ResourceWithOptions = {
  resource: new PanelResource(WatchList, {
    readable: ['id', ...editable, 'created', ...ratings, ...shares],
    writable: editable,
    keys: { title: 'title_key' },
  }),
  options: {
    navigation: { name: null, icon: 'Film' },
    sort: { sortBy: 'created', direction: 'desc' },
    titleProperty: 'title',
    listProperties: ['title', 'platform_id', 'active', 'avg_rating', 'number_rating', 'created'],
    showProperties: ['title', 'platform_id', 'storyline', 'active', 'created', ...ratings, ...shares, 'id'],
    editProperties: editable,
    filterProperties: ['title', 'platform_id', 'active', ...ratings, 'created', 'storyline'],
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
    },
    actions: actionsFor({
      read: (actor) => can(actor, 'read', 'movie'),
      create: (actor) => can(actor, 'create', 'movie'),
      update: (actor, values) => can(actor, 'update', 'movie', values),
      delete: (actor, values) => can(actor, 'delete', 'movie', values),
    }),
  },
};
