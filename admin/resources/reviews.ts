import type { CurrentAdmin, ResourceWithOptions } from 'adminjs';
import { col, literal, Op, where, type WhereOptions } from 'sequelize';
import { sequelize } from '../../src/database.js';
import { Review } from '../../src/models/review.js';
import { foldCase } from '../../src/models/rules.js';
import { type Actor, can } from '../../src/policies/policies.js';
import { type Actions, actionsFor, actorOf } from '../actions.js';
import { components, flag } from '../components.js';
import { PanelResource } from './resource.js';

/** A review by nobody in particular: what one may do to it one may do to everyone's. */
const ANOTHERS = { user_id: 0, active: true };

const PARENTS = ['watchlist_id', 'user_id'];
const OWN = ['rating', 'description', 'spoiler', 'active'];
const MODERATED = ['active', 'spoiler'];

/** Reviews in the panel. The model's hooks move the ratings of their movies. */
class ReviewResource extends PanelResource<Review> {
  protected override writable(actor: Actor | null, review: Review): string[] {
    if (can(actor, 'update', 'review', ANOTHERS)) return [...PARENTS, ...OWN];
    if (can(actor, 'update', 'review', review)) return OWN;
    return can(actor, 'moderate', 'review', review) ? MODERATED : [];
  }

  protected override special(path: string, value: unknown): WhereOptions | null {
    if (path !== 'username' || typeof value !== 'string' || value === '') return null;
    const name = sequelize.escape(foldCase(value));
    const users = literal(`(SELECT id FROM users WHERE INSTR(username_key, ${name}) > 0)`);
    return where(col('Review.user_id'), Op.in, users as never);
  }
}

export const reviews: ResourceWithOptions = {
  resource: new ReviewResource(Review, {
    readable: ['id', ...PARENTS, ...OWN, 'created', 'updated'],
    writable: [...PARENTS, ...OWN],
  }),
  options: {
    navigation: { name: null, icon: 'MessageSquare' },
    sort: { sortBy: 'created', direction: 'desc' },
    titleProperty: 'id',
    listProperties: ['watchlist_id', 'user_id', 'rating', 'description', 'active', 'spoiler', 'created'],
    showProperties: [...PARENTS, ...OWN, 'created', 'updated', 'id'],
    editProperties: [...PARENTS, ...OWN],
    filterProperties: ['watchlist_id', 'username', 'rating', 'description', 'active', 'spoiler', 'created'],
    properties: {
      watchlist_id: { reference: 'watch_lists', isRequired: true },
      user_id: { reference: 'users', isRequired: true },
      // Moderators may look for a user's reviews by name, but see no list of users to pick from.
      username: { type: 'string' },
      active: flag(true),
      spoiler: flag(false),
      rating: {
        components: { list: components.Stars, show: components.Stars },
        availableValues: [5, 4, 3, 2, 1].map((stars) => ({
          value: String(stars),
          label: '★'.repeat(stars) + '☆'.repeat(5 - stars),
        })),
      },
      description: { type: 'textarea', props: { rows: 6 }, components: { list: components.Excerpt } },
    },
    actions: reviewActions(),
  },
};

function reviewActions(): Actions {
  const actions = actionsFor({
    read: (actor, values) => can(actor, 'read', 'review', values),
    // Whoever writes a review here writes it in anyone's name.
    create: (actor) => can(actor, 'update', 'review', ANOTHERS),
    update: (actor, values) =>
      can(actor, 'update', 'review', values) || can(actor, 'moderate', 'review', values),
    delete: (actor, values) => can(actor, 'delete', 'review', values),
  });
  return { ...actions, edit: { ...actions.edit, layout } };
}

/** The fields of the form: those that an actor may write in anyone's review. */
function layout(admin?: CurrentAdmin): string[] {
  return can(actorOf(admin), 'update', 'review', ANOTHERS) ? [...PARENTS, ...OWN] : MODERATED;
}
