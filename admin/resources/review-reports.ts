import type { ListActionResponse, RecordActionResponse, RecordJSON } from 'adminjs';
import { ReviewReport } from '../../src/models/review-report.js';

/** A report as the panel shows it. Its reporter stays confidential. */
export interface ShownReport {
  reason: string;
  created: string;
  closed: string | null;
}

/** The maximum number of reports in a row of the moderation queue and on a review's page. */
const ROW_MAX = 3;
const PAGE_MAX = 50;

/** Hook after the `show` and `edit` actions: adds a review's reports, open ones first. */
export async function withReports(response: RecordActionResponse): Promise<RecordActionResponse> {
  if (response.record?.id) await addReports(response.record, { limit: PAGE_MAX });
  return response;
}

/** Hook after a `list` action: adds the latest open reports of each review. */
export async function withOpenReports(response: ListActionResponse): Promise<ListActionResponse> {
  await Promise.all(response.records.map((record) => addReports(record, { limit: ROW_MAX, open: true })));
  return response;
}

async function addReports(record: RecordJSON, options: { limit: number; open?: boolean }): Promise<void> {
  const reports = await ReviewReport.latestOn(Number(record.id), options);
  record.params.reports = reports.map(({ reason, created, closed }): ShownReport => ({
    reason,
    created: created.toISOString(),
    closed: closed?.toISOString() ?? null,
  }));
}
