import type { Filter, ResourceWithOptions } from 'adminjs';
import { Op, type WhereOptions } from 'sequelize';
import { Review } from '../../src/models/review.js';
import { can } from '../../src/policies/policies.js';
import { drawerActions } from '../actions/drawer-actions.js';
import { standardActions } from '../actions/standard-actions.js';
import { withSearchBox } from '../adapter/searchable-resource.js';
import { moderationActions } from './moderation-actions.js';
import { withOpenReports, withReports } from './review-reports.js';
import { reviewFields, reviewProperties, ReviewResource } from './reviews.js';

const never = () => false;

/** The reviews with open reports. */
class ModerationQueueResource extends ReviewResource {
  override id(): string {
    return 'moderation_queue';
  }

  protected override async where(filter: Filter): Promise<WhereOptions> {
    return { [Op.and]: [await super.where(filter), { open_reports: { [Op.gt]: 0 } }] };
  }
}

/** The moderation queue: the most reported reviews first. Every moderation action removes its reviews from it. */
export const moderationQueue: ResourceWithOptions = {
  resource: new ModerationQueueResource(Review, { ...reviewFields, writable: [] }),
  options: {
    navigation: { name: null, icon: 'Flag' },
    sort: { sortBy: 'open_reports', direction: 'desc' },
    titleProperty: 'id',
    listProperties: ['description', 'rating', 'open_reports', 'reports', 'watchlist_id', 'user_id', 'author'],
    showProperties: [
      'watchlist_id',
      'user_id',
      'rating',
      'description',
      'reports',
      'author',
      'decisions',
      'active',
      'spoiler',
      'created',
      'updated',
    ],
    editProperties: ['hidden_reason'],
    filterProperties: ['watchlist_id', 'username', 'rating', 'open_reports', 'created'],
    properties: {
      ...reviewProperties,
      // One decides on the whole text.
      description: { ...reviewProperties.description, custom: { opensRecord: true, whole: true } },
    },
    actions: queueActions(),
  },
};

function queueActions() {
  const actions = standardActions({
    read: (actor) => can(actor, 'moderate', 'review'),
    create: never,
    update: never,
    delete: never,
  });
  return {
    ...actions,
    // The audit log has reviews under their own resource.
    history: { ...actions.history, custom: { resource: 'reviews' } },
    list: { ...actions.list, ...withSearchBox, after: [withOpenReports] },
    search: { isAccessible: false, isVisible: false },
    show: { ...actions.show, after: [withReports] },
    ...drawerActions(moderationActions, { removesFromList: true }),
  };
}
