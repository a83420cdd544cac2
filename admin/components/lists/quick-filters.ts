/** By resource: the filters that are one click away, each with the name of its text under `components.Filters`. */
export const QUICK_FILTERS: Record<string, Record<string, Record<string, string>>> = {
  watch_lists: { switchedOff: { active: 'false' }, unrated: { 'number_rating~~to': '0' } },
  reviews: {
    hidden: { active: 'false' },
    reported: { 'open_reports~~from': '1' },
    spoilers: { spoiler: 'true' },
    oneStar: { rating: '1' },
  },
  users: {
    admins: { role: 'admin' },
    moderators: { role: 'moderator' },
    inactive: { is_active: 'false' },
  },
  audit_log: { inPanel: { door: 'panel' }, deletions: { action: 'delete' } },
};
