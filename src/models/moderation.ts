import { Op } from 'sequelize';
import { transaction } from '../database/transactions.js';
import { auditAction } from '../audit/audit-hooks.js';
import { closeReports } from '../ratings/report-counts.js';
import { Review } from './review.js';
import { lockReview, lockReviewParents } from '../ratings/review-locks.js';

/** What a moderator does to reviews; each is one transaction, for all of them or none. */

/**
 * Hides reviews, which closes their reports. Those that are hidden already keep their reason.
 * @throws {ValidationError} where the reason breaks the model's rules
 */
export async function hideReviews(ids: number[], reason: string): Promise<void> {
  await decide(ids, async () => {
    await Review.update({ active: false, hidden_reason: reason }, { where: { id: ids, active: true } });
    await closeReports(ids);
  });
}

/** Shows hidden reviews again, and forgets why they were hidden. Their reports stay as they are. */
export async function restoreReviews(ids: number[]): Promise<void> {
  await Review.update({ active: true }, { where: { id: ids, active: false } });
}

/** Closes the reports of reviews that stay as they are. */
export async function keepReviews(ids: number[]): Promise<void> {
  await decide(ids, async () => {
    const reported = await Review.findAll({ where: { id: ids, open_reports: { [Op.gt]: 0 } } });
    await closeReports(ids);
    for (const review of reported) await auditAction('keep', review, { review_reports: review.open_reports });
  });
}

/** Marks reviews as telling the plot, or as not. */
export async function markSpoilers(ids: number[], spoiler: boolean): Promise<void> {
  await Review.update({ spoiler }, { where: { id: ids, spoiler: !spoiler } });
}

/** Does something to reviews, and to their reports, that nobody else may change meanwhile. */
async function decide(ids: number[], work: () => Promise<void>): Promise<void> {
  const attempt = async () => {
    await lockReviewParents(ids);
    for (const id of ids.toSorted((a, b) => a - b)) await lockReview(id);
    await work();
  };
  await transaction(attempt, { repeatable: true });
}
