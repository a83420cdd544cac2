import type { CurrentAdmin, PropertyOptions, ResourceWithOptions } from 'adminjs';
import { col, literal, Op, where, type WhereOptions } from 'sequelize';
import { sequelize } from '../../src/database/database.js';
import { HIDDEN_REASON_MAX, Review } from '../../src/models/review.js';
import { BLANK, foldCase } from '../../src/models/validation.js';
import { User } from '../../src/models/user.js';
import { WatchList } from '../../src/models/watch-list.js';
import { type Actor, can } from '../../src/policies/policies.js';
import { actionsFor, actorOf } from '../actions/standard-actions.js';
import { components, flag } from '../components.js';
import { decisionActions } from '../actions/drawer-actions.js';
import { importAction } from '../import-export/import-action.js';
import type { Faults } from '../adapter/validation-errors.js';
import { moderation } from './moderation-actions.js';
import { withReports } from './review-reports.js';
import { picking, searchable, SearchedResource } from '../adapter/searchable-resource.js';

/** A review by nobody in particular: what one may do to it one may do to everyone's. */
const ANOTHERS = { user_id: 0, active: true };

const PARENTS = ['watchlist_id', 'user_id'];
const OWN = ['rating', 'description', 'spoiler', 'active', 'hidden_reason'];
const MODERATED = ['active', 'hidden_reason', 'spoiler'];

export const reviewFields = {
  readable: ['id', ...PARENTS, ...OWN, 'open_reports', 'created', 'updated'],
  writable: [...PARENTS, ...OWN],
  exported: {
    headers: { watchlist_id: 'watchlist', updated: 'update' },
    names: {
      title: { key: 'watchlist_id', model: WatchList, attribute: 'title' },
      username: { key: 'user_id', model: User, attribute: 'username' },
    },
  },
};

/** Reviews in the panel. The model's hooks move the ratings of their movies. */
export class ReviewResource extends SearchedResource<Review> {
  protected override writable(actor: Actor | null, review: Review): string[] {
    if (can(actor, 'update', 'review', ANOTHERS)) return [...PARENTS, ...OWN];
    if (can(actor, 'update', 'review', review)) return OWN;
    return can(actor, 'moderate', 'review', review) ? MODERATED : [];
  }

  protected override async special(path: string, value: unknown): Promise<WhereOptions | null> {
    if (path !== 'username' || typeof value !== 'string' || value === '') return super.special(path, value);
    const name = sequelize.escape(foldCase(value));
    const users = literal(`(SELECT id FROM users WHERE INSTR(username_key, ${name}) > 0)`);
    return where(col('Review.user_id'), Op.in, users as never);
  }

  protected override async prepare(review: Review): Promise<Faults> {
    const hidden = !review.isNewRecord && review.changed('active') && !review.active;
    return hidden && !review.hidden_reason?.trim() ? { hidden_reason: BLANK } : {};
  }
}

/** How the properties of reviews look. */
export const reviewProperties: Record<string, PropertyOptions> = {
  watchlist_id: { reference: 'watch_lists', isRequired: true },
  user_id: { reference: 'users', isRequired: true },
  // Moderators may look for a user's reviews by name, but see no list of users to pick from.
  username: { type: 'string' },
  active: {
    ...flag(true),
    components: { edit: components.Flag, list: components.State, show: components.State },
  },
  hidden_reason: { type: 'textarea', props: { rows: 3, maxLength: HIDDEN_REASON_MAX } },
  spoiler: flag(false),
  open_reports: { components: { list: components.ReportCount, filter: components.Range } },
  reports: { components: { list: components.Reports, show: components.Reports, edit: components.Reports } },
  summary: { components: { edit: components.ReviewSummary } },
  rating: {
    components: { list: components.Stars, show: components.Stars },
    availableValues: [5, 4, 3, 2, 1].map((stars) => ({
      value: String(stars),
      label: '★'.repeat(stars) + '☆'.repeat(5 - stars),
    })),
  },
  description: { type: 'textarea', props: { rows: 6 }, components: { list: components.Excerpt } },
};

export const reviews: ResourceWithOptions = {
  resource: new ReviewResource(Review, reviewFields),
  options: {
    navigation: { name: null, icon: 'MessageSquare' },
    sort: { sortBy: 'created', direction: 'desc' },
    titleProperty: 'id',
    listProperties: ['watchlist_id', 'user_id', 'rating', 'description', 'active', 'open_reports', 'created'],
    showProperties: [...PARENTS, ...OWN, 'reports', 'created', 'updated', 'id'],
    editProperties: [...PARENTS, ...OWN, 'summary', 'reports'],
    filterProperties: ['watchlist_id', 'username', 'rating', 'active', 'spoiler', 'open_reports', 'created'],
    properties: reviewProperties,
    actions: { ...reviewActions(), import: importAction },
  },
};

function reviewActions() {
  const actions = actionsFor({
    read: (actor, values) => can(actor, 'read', 'review', values),
    // Whoever writes a review here writes it in anyone's name.
    create: (actor) => can(actor, 'update', 'review', ANOTHERS),
    update: (actor, values) =>
      can(actor, 'update', 'review', values) || can(actor, 'moderate', 'review', values),
    delete: (actor, values) => can(actor, 'delete', 'review', values),
  });
  return {
    ...actions,
    list: { ...actions.list, ...searchable },
    search: { ...actions.search, ...picking },
    show: { ...actions.show, after: [withReports] },
    new: { ...actions.new, layout: [...PARENTS, 'rating', 'description', 'spoiler', 'active'] },
    edit: { ...actions.edit, layout, after: [withReports] },
    ...decisionActions(moderation),
  };
}

/** The form: the fields that an actor may write in anyone's review, and to moderators the review beside them. */
function layout(admin?: CurrentAdmin): string[] {
  const all = can(actorOf(admin), 'update', 'review', ANOTHERS);
  return all ? [...PARENTS, ...OWN, 'reports'] : ['summary', 'reports', ...MODERATED];
}
