import type { Review } from '../api.js';
import type { Visit } from '../http/page.js';

/** What a member has marked of what a page shows: the ids of saved movies and of reviews found helpful. */
export interface Marks {
  saved: ReadonlySet<number>;
  helpful: ReadonlySet<number>;
}

/** Asks what the member has marked; a visitor has marked nothing. */
export async function marksOf(
  { api, member }: Visit,
  { movies = [], reviews = [] }: { movies?: number[]; reviews?: readonly Review[] },
): Promise<Marks> {
  if (!member) return { saved: new Set(), helpful: new Set() };
  const others = reviews.filter(({ review_user }) => review_user !== member.username);
  const { saved, helpful } = await api.get<{ saved: number[]; helpful: number[] }>('/account/marks/', {
    movie: movies.map(String),
    review: others.map(({ id }) => String(id)),
  });
  return { saved: new Set(saved), helpful: new Set(helpful) };
}
