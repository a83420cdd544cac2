import type { ResourceWithOptions } from 'adminjs';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { lockPlatforms } from '../../src/ratings/locks.js';
import { can } from '../../src/policies/policies.js';
import { type StandardActions, standardActions } from '../actions/standard-actions.js';
import { pickerSearch, SearchableResource, withSearchBox } from '../adapter/searchable-resource.js';
import { importAction } from '../import-export/import-action.js';
import { onSite } from './site-page.js';

/** Platforms in the panel. Deleting one cascades to its movies and their reviews, by the model's hooks. */
export const platforms: ResourceWithOptions = {
  resource: new SearchableResource(StreamPlatform, {
    readable: ['id', 'name', 'about', 'website'],
    writable: ['name', 'about', 'website'],
    caseFolded: { name: 'name_key' },
    exported: { file: 'platforms' },
    lock: (id) => lockPlatforms([id], { required: [] }),
  }),
  options: {
    navigation: { name: null, icon: 'Tv' },
    sort: { sortBy: 'name', direction: 'asc' },
    titleProperty: 'name',
    listProperties: ['name', 'about', 'website'],
    showProperties: ['name', 'about', 'website', 'id'],
    editProperties: ['name', 'about', 'website'],
    filterProperties: ['name', 'about', 'website'],
    properties: { id: onSite({ path: '/platforms/', property: 'id' }) },
    actions: { ...platformActions(), import: importAction },
  },
};

function platformActions(): StandardActions {
  const actions = standardActions({
    read: (actor) => can(actor, 'read', 'platform'),
    create: (actor) => can(actor, 'create', 'platform'),
    update: (actor, values) => can(actor, 'update', 'platform', values),
    delete: (actor, values) => can(actor, 'delete', 'platform', values),
  });
  return {
    ...actions,
    list: { ...actions.list, ...withSearchBox },
    search: { ...actions.search, ...pickerSearch },
  };
}
