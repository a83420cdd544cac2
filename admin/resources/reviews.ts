import type { CurrentAdmin, PropertyOptions, ResourceWithOptions } from 'adminjs';
import { col, literal, Op, where, type WhereOptions } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { HIDDEN_REASON_MAX, Review } from '../../src/models/review.js';
import { BLANK, foldCase } from '../../src/models/validation.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';
import { lockReview } from '../../src/ratings/review-locks.js';
import { type Actor, can } from '../../src/policies/policies.js';
import { drawerActions } from '../actions/drawer-actions.js';
import { actorOf, mayWriteAnyReview } from '../actions/permissions.js';
import { standardActions } from '../actions/standard-actions.js';
import { pickerSearch, SearchableResource, withSearchBox } from '../adapter/searchable-resource.js';
import { idsIn } from '../adapter/form-values.js';
import type { FieldErrors } from '../adapter/validation-errors.js';
import { components } from '../components.js';
import { importAction } from '../import-export/import-action.js';
import { booleanProperty } from './boolean-property.js';
import { onSite } from './site-page.js';
import { moderationActions } from './moderation-actions.js';
import { withReports } from './review-reports.js';

const PARENTS = ['watchlist_id', 'user_id'];
const OWN = ['rating', 'description', 'spoiler', 'active', 'hidden_reason'];
const MODERATED = ['active', 'hidden_reason', 'spoiler'];

export const reviewFields = {
  readable: ['id', ...PARENTS, ...OWN, 'open_reports', 'created', 'updated'],
  writable: [...PARENTS, ...OWN],
  lock: (id: number, { user_id, watchlist_id }: Record<string, unknown>) => {
    const [users, movies] = [idsIn(user_id), idsIn(watchlist_id)];
    return lockReview(id, { users, movies, moving: users.length + movies.length > 0 });
  },
  exported: {
    headers: { watchlist_id: 'watchlist', updated: 'update' },
    names: {
      title: { key: 'watchlist_id', model: WatchList, attribute: 'title' },
      username: { key: 'user_id', model: User, attribute: 'username' },
    },
  },
};

/** Reviews in the panel. The model's hooks update the ratings of their movies. */
export class ReviewResource extends SearchableResource<Review> {
  protected override writableBy(actor: Actor | null, review: Review): string[] {
    if (mayWriteAnyReview(actor)) return [...PARENTS, ...OWN];
    if (can(actor, 'update', 'review', review)) return OWN;
    return can(actor, 'moderate', 'review', review) ? MODERATED : [];
  }

  protected override async customFilter(path: string, value: unknown): Promise<WhereOptions | null> {
    if (path !== 'username' || typeof value !== 'string' || value === '')
      return super.customFilter(path, value);
    const name = sequelize.escape(foldCase(value));
    const users = literal(`(SELECT id FROM users WHERE INSTR(username_key, ${name}) > 0)`);
    return where(col('Review.user_id'), Op.in, users);
  }

  protected override async beforeSave(review: Review): Promise<FieldErrors> {
    const isHidden = !review.isNewRecord && review.changed('active') && !review.active;
    return isHidden && !review.hidden_reason?.trim() ? { hidden_reason: BLANK } : {};
  }
}

/** The options of reviews' properties, in their list and in the moderation queue. */
export const reviewProperties: Record<string, PropertyOptions> = {
  watchlist_id: { reference: 'watch_lists', isRequired: true, isSortable: false },
  user_id: { reference: 'users', isRequired: true, isSortable: false },
  // Moderators filter by username: they may not read the list of users that a picker shows.
  username: { type: 'string' },
  active: {
    ...booleanProperty(true),
    components: { edit: components.BooleanEdit, list: components.ReviewState, show: components.ReviewState },
  },
  hidden_reason: { type: 'textarea', props: { rows: 3, maxLength: HIDDEN_REASON_MAX } },
  spoiler: booleanProperty(false),
  open_reports: { components: { list: components.ReportCount, filter: components.RangeFilter } },
  reports: { components: { list: components.Reports, show: components.Reports, edit: components.Reports } },
  author: {
    type: 'string',
    isSortable: false,
    components: { list: components.AuthorRecord, show: components.AuthorRecord },
  },
  decisions: { components: { show: components.Decisions } },
  summary: { components: { edit: components.ReviewSummary } },
  rating: {
    components: { list: components.Stars, show: components.Stars },
    availableValues: [5, 4, 3, 2, 1].map((stars) => ({
      value: String(stars),
      label: '★'.repeat(stars) + '☆'.repeat(5 - stars),
    })),
  },
  description: {
    type: 'textarea',
    props: { rows: 6 },
    components: { list: components.Excerpt },
    custom: { opensRecord: true },
  },
};

export const reviews: ResourceWithOptions = {
  resource: new ReviewResource(Review, reviewFields),
  options: {
    navigation: { name: null, icon: 'MessageSquare' },
    sort: { sortBy: 'created', direction: 'desc' },
    titleProperty: 'id',
    listProperties: ['watchlist_id', 'user_id', 'rating', 'description', 'active', 'open_reports', 'created'],
    showProperties: [...PARENTS, ...OWN, 'reports', 'author', 'decisions', 'created', 'updated', 'id'],
    editProperties: [...PARENTS, ...OWN, 'summary', 'reports'],
    filterProperties: ['watchlist_id', 'username', 'rating', 'active', 'spoiler', 'open_reports', 'created'],
    properties: { ...reviewProperties, id: onSite({ path: '/movies/', property: 'watchlist_id' }) },
    actions: { ...reviewActions(), import: importAction },
  },
};

function reviewActions() {
  const actions = standardActions({
    read: (actor, values) => can(actor, 'read', 'review', values),
    // The form has a field for the author.
    create: mayWriteAnyReview,
    update: (actor, values) =>
      can(actor, 'update', 'review', values) || can(actor, 'moderate', 'review', values),
    delete: (actor, values) => can(actor, 'delete', 'review', values),
  });
  return {
    ...actions,
    list: { ...actions.list, ...withSearchBox },
    search: { ...actions.search, ...pickerSearch },
    show: { ...actions.show, after: [withReports] },
    new: { ...actions.new, layout: [...PARENTS, 'rating', 'description', 'spoiler', 'active'] },
    edit: { ...actions.edit, layout, after: [...actions.edit.after, withReports] },
    ...drawerActions(moderationActions),
  };
}

/** The form's properties: all for admins; for moderators the fields that they may write, below a summary of the review. */
function layout(admin?: CurrentAdmin): string[] {
  return mayWriteAnyReview(actorOf(admin))
    ? [...PARENTS, ...OWN, 'reports']
    : ['summary', 'reports', ...MODERATED];
}
