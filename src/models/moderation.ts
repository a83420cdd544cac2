import { Op } from 'sequelize';
import { transaction } from '../database/transactions.js';
import { auditAction } from '../audit/audit-hooks.js';
import { closeReports } from '../ratings/report-counts.js';
import { Review } from './review.js';
import { lockReview, lockReviews } from '../ratings/review-locks.js';

/* A moderator's actions on reviews. Each is one transaction for all of the reviews. */

/**
 * Hides reviews and closes their reports. Reviews that are already hidden keep their reason.
 * @throws {ValidationError} where the reason is invalid
 */
export async function hideReviews(ids: number[], reason: string): Promise<void> {
  await decide(ids, async () => {
    await Review.update({ active: false, hidden_reason: reason }, { where: { id: ids, active: true } });
    await closeReports(ids);
  });
}

/** Shows hidden reviews again and clears the reason. Their reports stay as they are. */
export async function restoreReviews(ids: number[]): Promise<void> {
  await Review.update({ active: true }, { where: { id: ids, active: false } });
}

/** Closes the reports of reviews without changing the reviews. */
export async function keepReviews(ids: number[]): Promise<void> {
  await decide(ids, async () => {
    const reported = await Review.findAll({ where: { id: ids, open_reports: { [Op.gt]: 0 } } });
    await closeReports(ids);
    for (const review of reported) await auditAction('keep', review, { review_reports: review.open_reports });
  });
}

/** Marks or unmarks reviews as spoilers. */
export async function markSpoilers(ids: number[], spoiler: boolean): Promise<void> {
  await Review.update({ spoiler }, { where: { id: ids, spoiler: !spoiler } });
}

/** Runs `work` with the reviews locked, and with them their reports. */
async function decide(ids: number[], work: () => Promise<void>): Promise<void> {
  const attempt = async () => {
    await lockReviews(ids);
    for (const id of ids.toSorted((a, b) => a - b)) await lockReview(id);
    await work();
  };
  await transaction(attempt, { repeatable: true });
}
