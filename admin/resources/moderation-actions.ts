import { hideReviews, keepReviews, markSpoilers, restoreReviews } from '../../src/models/moderation.js';
import { BLANK } from '../../src/models/validation.js';
import { can } from '../../src/policies/policies.js';
import type { DrawerAction } from '../actions/drawer-actions.js';
import type { Permission } from '../actions/permissions.js';
import { validationError } from '../adapter/validation-errors.js';

const isAllowed: Permission = (actor, values) => can(actor, 'moderate', 'review', values);
const shownProperties = ['watchlist_id', 'user_id', 'rating', 'description'];

/** Moderators' actions on reviews, in the list of reviews and in the moderation queue. */
export const moderationActions: Record<string, DrawerAction> = {
  hide: {
    icon: 'EyeOff',
    isAllowed,
    appliesTo: ({ active }) => active === true,
    shownProperties,
    inputProperty: 'hidden_reason',
    run: async (ids, { hidden_reason }) => {
      if (typeof hidden_reason !== 'string' || hidden_reason.trim() === '') {
        throw validationError({ hidden_reason: BLANK });
      }
      await hideReviews(ids, hidden_reason);
    },
  },
  restore: {
    icon: 'Eye',
    isAllowed,
    appliesTo: ({ active }) => active !== true,
    shownProperties,
    run: restoreReviews,
  },
  keep: {
    icon: 'Check',
    isAllowed,
    appliesTo: ({ open_reports }) => Number(open_reports) > 0,
    shownProperties,
    run: keepReviews,
  },
  markSpoiler: {
    icon: 'AlertTriangle',
    isAllowed,
    appliesTo: ({ spoiler }) => spoiler !== true,
    shownProperties,
    run: (ids) => markSpoilers(ids, true),
  },
  unmarkSpoiler: {
    icon: 'X',
    isAllowed,
    appliesTo: ({ spoiler }) => spoiler === true,
    shownProperties,
    run: (ids) => markSpoilers(ids, false),
  },
};
