import type { Shot } from 'autocannon';
import { LIST } from './scenarios.js';

/** A page, and the answers of the API that it is made of. */
export interface PageScenario {
  name: string;
  page: string;
  answers: string[];
}

const REVIEWS = '?ordering=-created&page_size=20';

/** Pages of visitors, with the movie that has most reviews. */
export const PAGE_SCENARIOS: PageScenario[] = [
  {
    name: 'home',
    page: '/',
    answers: [
      `${LIST}?ordering=-weighted_rating&page_size=18`,
      '/watch/trending/?limit=18',
      `${LIST}?ordering=-created&page_size=18`,
      '/watch/latest-reviews/?limit=6',
      '/watch/platformlist/?page_size=14&fields=id,name,watchlist_count',
      '/watch/genres/?page_size=100',
    ],
  },
  { name: 'movie', page: '/movies/1', answers: [`${LIST}1/`, `/watch/1/review/${REVIEWS}`] },
  {
    name: 'list',
    page: '/movies',
    answers: [
      `${LIST}?ordering=-weighted_rating&page_size=30`,
      '/watch/platformlist/?ordering=name&page_size=100&fields=id,name,watchlist_count',
      '/watch/genres/?ordering=-watchlist_count&page_size=100',
    ],
  },
  { name: 'search', page: '/search?q=silver+garden', answers: [`${LIST}?search=silver+garden&page_size=30`] },
  {
    name: 'profile',
    page: '/members/user1',
    answers: ['/watch/users/user1/', `/watch/reviews/${REVIEWS}&username=user1`],
  },
];

/** The path of a page where its address leads to. */
export async function pathAt(url: string, page: string): Promise<string> {
  const answer = await fetch(url + page);
  if (!answer.ok) throw new Error(`${page} answers ${answer.status}`);
  await answer.text();
  const { pathname, search } = new URL(answer.url);
  return pathname + search;
}

/** Requests as browsers send them: for HTML, compressed or as it is. */
export const asBrowser = (path: string, encoding: 'br' | 'identity'): Shot => ({
  path,
  headers: { accept: 'text/html', 'accept-encoding': encoding },
});
