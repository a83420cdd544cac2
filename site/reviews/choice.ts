import { toApiError } from '../../src/http/errors.js';
import type { List, Query, Review } from '../api.js';
import type { Visit } from '../http/page.js';

/** The orders of a list of reviews, as addresses name them, and as the API does. */
const ORDERINGS = {
  newest: '-created',
  helpful: '-helpful',
  highest: '-rating',
  lowest: 'rating',
} as const;

export type Sort = keyof typeof ORDERINGS;

export const SORTS = Object.keys(ORDERINGS) as Sort[];

/** How many reviews a page has. */
export const REVIEWS_SHOWN = 20;

/** Which reviews a page shows, and in which order. */
export interface ReviewChoice {
  sort: Sort;
  /** Only those with so many stars; null for all. */
  stars: number | null;
  page: number;
}

/** What an address chooses. A value that does not exist counts as the default. */
export function choiceOf(query: URLSearchParams): ReviewChoice {
  const sort = query.get('sort') as Sort;
  const stars = query.get('stars') ?? '';
  const page = query.get('page') ?? '';
  return {
    sort: SORTS.includes(sort) ? sort : 'newest',
    stars: /^[1-5]$/.test(stars) ? Number(stars) : null,
    page: /^[1-9]\d{0,6}$/.test(page) ? Number(page) : 1,
  };
}

/** The address of a choice. Defaults are left out. */
export function choicePath(path: string, { sort, stars, page }: Partial<ReviewChoice>): string {
  const query = new URLSearchParams();
  if (sort && sort !== 'newest') query.set('sort', sort);
  if (stars) query.set('stars', String(stars));
  if (page && page > 1) query.set('page', String(page));
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** The reviews of a choice. A page past the end is empty. */
export async function chosenReviews(
  { api }: Visit,
  path: string,
  { sort, stars, page }: ReviewChoice,
  further: Query = {},
): Promise<List<Review>> {
  const query = { ...further, ordering: ORDERINGS[sort], rating: stars, page_size: REVIEWS_SHOWN };
  try {
    return await api.list<Review>(path, { ...query, page });
  } catch (error) {
    if (page === 1 || toApiError(error).status !== 404) throw error;
    const { count } = await api.list<Review>(path, query);
    return { count, results: [] };
  }
}
