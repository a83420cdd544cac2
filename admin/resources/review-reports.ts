import type { ListActionResponse, RecordActionResponse, RecordJSON } from 'adminjs';
import { ReviewReport } from '../../src/models/review-report.js';

/** A report as the panel shows it: by whom it is stays between the reporter and the database. */
export interface ShownReport {
  reason: string;
  created: string;
  closed: string | null;
}

/** How many reports stand in a row of the queue, and on a review's page. */
const IN_LIST = 3;
const ON_PAGE = 50;

/** Puts a review's reports on its page, the open ones first. */
export async function withReports(response: RecordActionResponse): Promise<RecordActionResponse> {
  if (response.record?.id) await attach(response.record, { limit: ON_PAGE });
  return response;
}

/** Puts the latest open reports in the rows of a list of reviews. */
export async function withOpenReports(response: ListActionResponse): Promise<ListActionResponse> {
  await Promise.all(response.records.map((record) => attach(record, { limit: IN_LIST, open: true })));
  return response;
}

async function attach(record: RecordJSON, options: { limit: number; open?: boolean }): Promise<void> {
  const reports = await ReviewReport.latestOn(Number(record.id), options);
  record.params.reports = reports.map(({ reason, created, closed }): ShownReport => ({
    reason,
    created: created.toISOString(),
    closed: closed?.toISOString() ?? null,
  }));
}
