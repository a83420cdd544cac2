import type { RecordJSON } from 'adminjs';

/** The title of a record's page: a review's movie and author, the record of an audit log entry, AdminJS's title of others. */
export function recordTitle({ title, params, populated }: RecordJSON): string {
  const parts = [populated.watchlist_id?.title, populated.user_id?.title].filter(Boolean);
  if (parts.length > 0) return parts.join(' · ');
  return typeof params.record_title === 'string' && params.record_title !== '' ? params.record_title : title;
}
