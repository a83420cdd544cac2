import type { RecordJSON } from 'adminjs';

/** What a record is called on its page: a review by its movie and author, an entry of the audit log by what it is about. */
export function recordTitle({ title, params, populated }: RecordJSON): string {
  const parts = [populated.watchlist_id?.title, populated.user_id?.title].filter(Boolean);
  if (parts.length > 0) return parts.join(' · ');
  return typeof params.record_title === 'string' && params.record_title !== '' ? params.record_title : title;
}
