const RESOURCES = '/admin/resources';

/** The URL of a resource's list. */
export function listOf(
  resource: string,
  filters: Record<string, string | number | boolean> = {},
  sort?: { by: string; direction: 'asc' | 'desc' },
): string {
  const query = new URLSearchParams(sort && { sortBy: sort.by, direction: sort.direction });
  for (const [name, value] of Object.entries(filters)) query.set(`filters.${name}`, String(value));
  return query.size > 0 ? `${RESOURCES}/${resource}?${query}` : `${RESOURCES}/${resource}`;
}

/** The URL of the list of a day's reviews. Days begin at midnight UTC. */
export function reviewsOfDay(day: string): string {
  return listOf('reviews', {
    'created~~from': `${day}T00:00:00.000Z`,
    'created~~to': `${day}T23:59:59.999Z`,
  });
}

/** The URL of a record's page. */
export function pageOf(resource: string, id: number): string {
  return `${RESOURCES}/${resource}/records/${id}/show`;
}
