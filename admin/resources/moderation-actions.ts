import { hideReviews, keepReviews, markSpoilers, restoreReviews } from '../../src/models/moderation.js';
import { BLANK } from '../../src/models/validation.js';
import { type Actor, can } from '../../src/policies/policies.js';
import type { Decision } from '../actions/drawer-actions.js';
import { refusal } from '../adapter/validation-errors.js';

const may = (actor: Actor | null, values?: Record<string, unknown>) =>
  can(actor, 'moderate', 'review', values);
const shows = ['watchlist_id', 'user_id', 'rating', 'description'];

/** What moderators do to reviews. */
export const moderation: Record<string, Decision> = {
  hide: {
    icon: 'EyeOff',
    may,
    applies: ({ active }) => active === true,
    shows,
    asks: 'hidden_reason',
    decide: async (ids, { hidden_reason }) => {
      if (typeof hidden_reason !== 'string' || hidden_reason.trim() === '') {
        throw refusal({ hidden_reason: BLANK });
      }
      await hideReviews(ids, hidden_reason);
    },
  },
  restore: {
    icon: 'Eye',
    may,
    applies: ({ active }) => active !== true,
    shows,
    decide: restoreReviews,
  },
  keep: {
    icon: 'Check',
    may,
    applies: ({ open_reports }) => Number(open_reports) > 0,
    shows,
    decide: keepReviews,
  },
  markSpoiler: {
    icon: 'AlertTriangle',
    may,
    applies: ({ spoiler }) => spoiler !== true,
    shows,
    decide: (ids) => markSpoilers(ids, true),
  },
  unmarkSpoiler: {
    icon: 'X',
    may,
    applies: ({ spoiler }) => spoiler === true,
    shows,
    decide: (ids) => markSpoilers(ids, false),
  },
};
