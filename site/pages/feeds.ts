import { config } from '../../src/config.js';
import type { Review } from '../api.js';
import { ATOM, atom, type Entry, type Feed, tagUri } from '../documents/atom.js';
import { Document, page, type Visit } from '../http/page.js';
import { memberPath, moviePath } from '../paths.js';

const ENTRIES = 30;

/** `/feed.xml`: the latest reviews of all movies. */
export const feed = page('/feed.xml', {
  show: async (visit) => {
    const { api, text } = visit;
    const { results } = await api.get<{ results: Review[] }>('/watch/latest-reviews/', { limit: ENTRIES });
    const { feed: words } = text;
    return feedOf(visit, results, {
      title: words.title(config.SITE_NAME),
      subtitle: words.subtitle,
      page: '/',
    });
  },
});

/** `/members/<username>/feed.xml`: the latest reviews of one member. */
export const memberFeed = page('/members/:username/feed.xml', {
  show: async (visit) => {
    const { api, text, params } = visit;
    const { username = '' } = params;
    const { results } = await api.list<Review>('/watch/reviews/', {
      username,
      ordering: '-created',
      page_size: ENTRIES,
    });
    const { feed: words } = text;
    return feedOf(visit, results, {
      title: words.memberTitle(username, config.SITE_NAME),
      subtitle: words.memberSubtitle(username),
      page: memberPath(username),
    });
  },
});

function feedOf(
  visit: Visit,
  reviews: readonly Review[],
  about: Pick<Feed, 'title' | 'subtitle' | 'page'>,
): Document {
  const { origin, path, query, language } = visit;
  const id = `${origin}${path}`;
  return new Document(
    ATOM,
    atom({
      ...about,
      page: `${origin}${about.page}`,
      language,
      id,
      self: query.get('lang') === language ? `${id}?lang=${language}` : id,
      icon: `${origin}/favicon.ico`,
      entries: reviews.map((review) => entryOf(review, visit)),
    }),
  );
}

function entryOf(review: Review, { origin, text }: Visit): Entry {
  const { id, title, review_user: name, watchlist } = review;
  return {
    id: tagUri(origin, review.created, `review/${id}`),
    title: `${title}: ${text.movie.stars(review.rating)}`,
    address: `${origin}${moviePath({ id: watchlist, title })}#review-${id}`,
    published: review.created,
    updated: review.update,
    author: { name, address: `${origin}${memberPath(name)}` },
    text: review.spoiler ? text.feed.spoiler : review.description,
  };
}
