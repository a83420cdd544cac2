import type { ResourceWithOptions } from 'adminjs';
import { StreamPlatform } from '../../src/models/stream-platform.js';
import { can } from '../../src/policies/policies.js';
import { type Actions, actionsFor } from '../actions/standard-actions.js';
import { importAction } from '../import-export/import-action.js';
import { picking, searchable, SearchedResource } from '../adapter/searchable-resource.js';

/** Platforms in the panel. Deleting one takes its movies and their reviews along, as the model's hooks do. */
export const platforms: ResourceWithOptions = {
  resource: new SearchedResource(StreamPlatform, {
    readable: ['id', 'name', 'about', 'website'],
    writable: ['name', 'about', 'website'],
    keys: { name: 'name_key' },
    exported: { file: 'platforms' },
  }),
  options: {
    navigation: { name: null, icon: 'Tv' },
    sort: { sortBy: 'name', direction: 'asc' },
    titleProperty: 'name',
    listProperties: ['name', 'about', 'website'],
    showProperties: ['name', 'about', 'website', 'id'],
    editProperties: ['name', 'about', 'website'],
    filterProperties: ['name', 'about', 'website'],
    actions: { ...platformActions(), import: importAction },
  },
};

function platformActions(): Actions {
  const actions = actionsFor({
    read: (actor) => can(actor, 'read', 'platform'),
    create: (actor) => can(actor, 'create', 'platform'),
    update: (actor, values) => can(actor, 'update', 'platform', values),
    delete: (actor, values) => can(actor, 'delete', 'platform', values),
  });
  return {
    ...actions,
    list: { ...actions.list, ...searchable },
    search: { ...actions.search, ...picking },
  };
}
