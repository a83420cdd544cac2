import { config } from '../../src/config.js';
import type { Review } from '../api.js';
import { ATOM, atom, type Entry, type Feed, tagUri } from '../documents/atom.js';
import { Document, page, type Visit } from '../http/page.js';
import { leadToPath } from '../http/spelling.js';
import { memberOf, memberPath, moviePath } from '../paths.js';

const ENTRIES = 30;

/** `/feed.xml`: the latest reviews of all movies. */
export const feed = page('/feed.xml', {
  throttle: 'review-list',
  show: async (visit) => {
    const { api, text } = visit;
    const { results } = await api.get<{ results: Review[] }>('/watch/latest-reviews/', { limit: ENTRIES });
    const { feed: words } = text;
    return feedOf(visit, results, {
      title: words.title(config.SITE_NAME),
      subtitle: words.subtitle,
      path: '/feed.xml',
      page: '/',
    });
  },
});

/** `/members/<username>/feed.xml`: the latest reviews of one member. */
export const memberFeed = page('/members/:username/feed.xml', {
  throttle: 'review-list',
  show: async (visit) => {
    const { api, text, params } = visit;
    const asked = encodeURIComponent(memberOf(params.username));
    const { username } = await api.get<{ username: string }>(`/watch/users/${asked}/`);
    const path = `${memberPath(username)}/feed.xml`;
    const redirect = leadToPath(visit, path);
    if (redirect) return redirect;
    const { results } = await api.list<Review>('/watch/reviews/', {
      username,
      ordering: '-created',
      page_size: ENTRIES,
    });
    const { feed: words } = text;
    // A feed is read by programs, which would show hidden reviews as others.
    const shown = results.filter(({ active }) => active);
    return feedOf(visit, shown, {
      title: words.memberTitle(username, config.SITE_NAME),
      subtitle: words.memberSubtitle(username),
      path,
      page: memberPath(username),
    });
  },
});

function feedOf(
  visit: Visit,
  reviews: readonly Review[],
  { path, ...about }: Pick<Feed, 'title' | 'subtitle' | 'page'> & { path: string },
): Document {
  const { origin, query, language } = visit;
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
