import type { Model, ModelStatic } from 'sequelize';
import {
  restoreReports,
  type Withheld,
  withheldAmong,
  withheldReview,
  withhold,
} from '../ratings/withheld-reviews.js';

type ReviewRecord = Model & { id: number; watchlist_id: number; user_id: number };

/** By the options of a running save: what moderation knows of an earlier review of the same user and movie. */
const withheldBefore = new WeakMap<object, Withheld>();

/**
 * Keeps a review that is deleted from coming back without what moderation knows of it: see withheld-reviews.ts. Called
 * after the hooks that lock the movie.
 */
export function withholdReplacements(model: ModelStatic<Model>): void {
  model.addHook('beforeCreate', 'hide what replaces a hidden review', async (record, options) => {
    const review = record as ReviewRecord;
    const withheld = await withheldReview(review.watchlist_id, review.user_id);
    if (!withheld) return;
    withheldBefore.set(options, withheld);
    if (!withheld.active) review.set({ active: false, hidden_reason: withheld.hidden_reason });
  });

  model.addHook('afterCreate', 'restore the reports', async (record, options) => {
    const withheld = withheldBefore.get(options);
    if (withheld) await restoreReports(record as ReviewRecord, withheld);
  });

  model.addHook('beforeBulkCreate', 'hide what replaces a hidden review', async (records) => {
    for (const [review, { active, hidden_reason }] of await withheldAmong(records as ReviewRecord[])) {
      if (!active) review.set({ active, hidden_reason });
    }
  });

  model.addHook('afterBulkCreate', 'restore the reports', async (records) => {
    for (const [{ watchlist_id, user_id }, withheld] of await withheldAmong(records as ReviewRecord[])) {
      // The ids in memory may not be the stored ones: see `queueMoviesFrom`.
      const stored = await model.findOne({ attributes: ['id'], where: { watchlist_id, user_id } });
      if (stored) await restoreReports({ id: stored.get('id') as number, watchlist_id, user_id }, withheld);
    }
  });

  model.addHook('beforeDestroy', 'record what is withheld', (record) =>
    withhold((record as ReviewRecord).id),
  );
}
