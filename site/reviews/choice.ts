import type { Query, Review } from '../api.js';
import type { Visit } from '../http/page.js';
import { type Paged, readPaged } from '../http/paged.js';
import { isLanguage, type Language } from '../locale/languages.js';

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
const SHOWN = 20;

/** Which reviews a page shows, and in which order. */
export interface ReviewChoice {
  sort: Sort;
  /** Only those with so many stars; null for all. */
  stars: number | null;
  page: number;
  /** The language that the address names, if it does. */
  lang: Language | null;
}

/** What an address chooses. A value that does not exist counts as the default. */
export function choiceOf(query: URLSearchParams): ReviewChoice {
  const sort = query.get('sort') as Sort;
  const stars = query.get('stars') ?? '';
  const page = query.get('page') ?? '';
  const lang = query.get('lang');
  return {
    sort: SORTS.includes(sort) ? sort : 'newest',
    stars: /^[1-5]$/.test(stars) ? Number(stars) : null,
    page: /^[1-9]\d{0,6}$/.test(page) ? Number(page) : 1,
    lang: isLanguage(lang) ? lang : null,
  };
}

/** The address of a choice. Defaults are left out. */
export function choicePath(path: string, { sort, stars, page, lang }: Partial<ReviewChoice>): string {
  const query = new URLSearchParams();
  if (sort && sort !== 'newest') query.set('sort', sort);
  if (stars) query.set('stars', String(stars));
  if (page && page > 1) query.set('page', String(page));
  if (lang) query.set('lang', lang);
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** The page of reviews that an address chooses. */
export function chosenReviews(
  visit: Visit,
  path: string,
  { sort, stars }: ReviewChoice,
  further: Query = {},
): Promise<Paged<Review>> {
  return readPaged<Review>(visit, path, { ...further, ordering: ORDERINGS[sort], rating: stars }, SHOWN);
}
