import type {
  ActionContext,
  ActionRequest,
  ListActionResponse,
  RecordActionResponse,
  RecordJSON,
} from 'adminjs';
import { col, fn, literal, Op } from 'sequelize';
import { AuditEntry } from '../../src/audit/audit-entry.js';
import { Review } from '../../src/models/review.js';
import { ReviewReport } from '../../src/models/review-report.js';
import { User } from '../../src/models/user.js';
import { can } from '../../src/policies/policies.js';
import { actorOf } from '../actions/permissions.js';

/** A report as the panel shows it. Its reporter is shown to admins only. */
export interface ShownReport {
  reason: string;
  created: string;
  closed: string | null;
  reporter?: string;
}

/** How many reviews a review's author has written, how many of them are hidden, and their open reports. */
export interface AuthorRecord {
  reviews: number;
  hidden: number;
  reports: number;
}

/** What staff have done to a review: the action, and the names of the fields that it changed. */
export interface Decision {
  id: number;
  actor: string;
  action: string;
  created: string;
  fields: string[];
}

/** The maximum number of reports in a row of the moderation queue and on a review's page, and of decisions there. */
const ROW_MAX = 3;
const PAGE_MAX = 50;
const DECISIONS_MAX = 20;

/** Hook after the `show` and `edit` actions: adds a review's reports, open ones first, its author's record, and its decisions. */
export async function withReports(
  response: RecordActionResponse,
  _request: ActionRequest,
  context: ActionContext,
): Promise<RecordActionResponse> {
  const { record } = response;
  if (!record?.id) return response;
  await addReports([record], { limit: PAGE_MAX }, context);
  await addAuthors([record]);
  record.params.decisions = await decisionsOn(Number(record.id));
  return response;
}

/** Hook after a `list` action: adds the latest open reports of each review, and its author's record. */
export async function withOpenReports(
  response: ListActionResponse,
  _request: ActionRequest,
  context: ActionContext,
): Promise<ListActionResponse> {
  await addReports(response.records, { limit: ROW_MAX, open: true }, context);
  await addAuthors(response.records);
  return response;
}

async function addReports(
  records: RecordJSON[],
  options: { limit: number; open?: boolean },
  { currentAdmin }: ActionContext,
): Promise<void> {
  const all = await Promise.all(records.map(({ id }) => ReviewReport.latestOn(Number(id), options)));
  const names = can(actorOf(currentAdmin), 'read', 'user')
    ? await usernames([...new Set(all.flat().map(({ user_id }) => user_id))])
    : null;
  for (const [index, record] of records.entries()) {
    record.params.reports = (all[index] ?? []).map(({ reason, created, closed, user_id }): ShownReport => ({
      reason,
      created: created.toISOString(),
      closed: closed?.toISOString() ?? null,
      ...(names && { reporter: names.get(user_id) ?? `#${user_id}` }),
    }));
  }
}

async function usernames(ids: number[]): Promise<Map<number, string>> {
  const users =
    ids.length > 0 ? await User.findAll({ attributes: ['id', 'username'], where: { id: ids } }) : [];
  return new Map(users.map(({ id, username }) => [id, username]));
}

/** Counts each author's reviews, by the index on the user. */
async function addAuthors(records: RecordJSON[]): Promise<void> {
  const authors = [...new Set(records.map(({ params }) => Number(params.user_id)))];
  if (authors.length === 0) return;
  const rows = (await Review.findAll({
    attributes: [
      'user_id',
      [fn('COUNT', col('id')), 'reviews'],
      [literal('SUM(CASE WHEN active THEN 0 ELSE 1 END)'), 'hidden'],
      [fn('SUM', col('open_reports')), 'reports'],
    ],
    where: { user_id: { [Op.in]: authors } },
    group: ['user_id'],
    raw: true,
  })) as unknown as (Record<keyof AuthorRecord, string | number> & { user_id: number })[];
  // MySQL gives sums as texts.
  const counts = new Map<number, AuthorRecord>(
    rows.map(({ user_id, reviews, hidden, reports }) => [
      user_id,
      { reviews: Number(reviews), hidden: Number(hidden), reports: Number(reports) },
    ]),
  );
  for (const { params } of records) params.author = counts.get(Number(params.user_id));
}

/** What staff have done to a review, the latest first. Values are for those who may read the audit log. */
async function decisionsOn(id: number): Promise<Decision[]> {
  const entries = await AuditEntry.findAll({
    where: { resource: Review.tableName, record_id: id },
    order: [['id', 'DESC']],
    limit: DECISIONS_MAX,
  });
  return entries.map(({ id, actor, action, created, changes }) => ({
    id,
    actor,
    action,
    created: created.toISOString(),
    fields: action === 'create' ? [] : Object.keys(JSON.parse(changes) as object),
  }));
}
