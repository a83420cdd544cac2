import type { Filter, ResourceWithOptions } from 'adminjs';
import { Op, type WhereOptions } from 'sequelize';
import { Review } from '../../src/models/review.js';
import { can } from '../../src/policies/policies.js';
import { actionsFor } from '../actions/standard-actions.js';
import { decisionActions } from '../actions/drawer-actions.js';
import { moderation } from './moderation-actions.js';
import { withOpenReports, withReports } from './review-reports.js';
import { reviewFields, reviewProperties, ReviewResource } from './reviews.js';
import { searchable } from '../adapter/searchable-resource.js';

const never = () => false;

/** The reviews that someone has reported and no moderator has decided on. */
class QueueResource extends ReviewResource {
  override id(): string {
    return 'moderation_queue';
  }

  protected override async where(filter: Filter): Promise<WhereOptions> {
    return { [Op.and]: [await super.where(filter), { open_reports: { [Op.gt]: 0 } }] };
  }
}

/** The moderation queue: the most reported reviews first. Whatever is decided on one, it leaves. */
export const queue: ResourceWithOptions = {
  resource: new QueueResource(Review, { ...reviewFields, writable: [] }),
  options: {
    navigation: { name: null, icon: 'Flag' },
    sort: { sortBy: 'open_reports', direction: 'desc' },
    titleProperty: 'id',
    listProperties: ['open_reports', 'reports', 'watchlist_id', 'user_id', 'rating', 'description'],
    showProperties: [
      'watchlist_id',
      'user_id',
      'rating',
      'description',
      'reports',
      'active',
      'spoiler',
      'created',
      'updated',
    ],
    editProperties: ['hidden_reason'],
    filterProperties: ['watchlist_id', 'username', 'rating', 'open_reports', 'created'],
    properties: reviewProperties,
    actions: queueActions(),
  },
};

function queueActions() {
  const actions = actionsFor({
    read: (actor) => can(actor, 'moderate', 'review'),
    create: never,
    update: never,
    delete: never,
  });
  return {
    ...actions,
    // The log knows the reviews by their own resource.
    history: { ...actions.history, custom: { resource: 'reviews' } },
    list: { ...actions.list, ...searchable, after: [withOpenReports] },
    search: { isAccessible: false, isVisible: false },
    show: { ...actions.show, after: [withReports] },
    ...decisionActions(moderation, { removes: true }),
  };
}
