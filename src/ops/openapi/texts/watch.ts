import type { OperationTexts } from './operation-text.js';

const PARTIAL = 'What is left out stays as it is.';
const GUARDED = 'Send the `ETag` that you read in `If-Match`, and nobody else’s change is overwritten.';

export const watchTexts: OperationTexts = {
  'GET /watch/': {
    id: 'getRoot',
    tag: 'Movies',
    summary: 'Find the lists',
    description: 'The absolute addresses of the lists, to start from.',
  },
  'GET /watch/platformlist/': {
    id: 'listPlatforms',
    tag: 'Platforms',
    summary: 'List platforms',
    description:
      'A page of platforms, each with its newest movies. `?fields=` without `watchlist` is much faster.',
  },
  'POST /watch/platformlist/': {
    id: 'createPlatform',
    tag: 'Platforms',
    summary: 'Add a platform',
    description: 'For admins.',
  },
  'GET /watch/platformlist/:id/': {
    id: 'getPlatform',
    tag: 'Platforms',
    summary: 'Read a platform',
    description: 'A platform with its newest movies.',
  },
  'PUT /watch/platformlist/:id/': {
    id: 'replacePlatform',
    tag: 'Platforms',
    summary: 'Rewrite a platform',
    description: `For admins. ${GUARDED}`,
  },
  'PATCH /watch/platformlist/:id/': {
    id: 'updatePlatform',
    tag: 'Platforms',
    summary: 'Change a platform',
    description: `For admins. ${PARTIAL} ${GUARDED}`,
  },
  'DELETE /watch/platformlist/:id/': {
    id: 'deletePlatform',
    tag: 'Platforms',
    summary: 'Delete a platform',
    description: 'For admins. Its movies and their reviews go with it.',
  },
  'GET /watch/watchlist/': {
    id: 'listMovies',
    tag: 'Movies',
    summary: 'List, filter and search movies',
    description:
      'A page of movies. For a chart order by `-weighted_rating`; for a search box send what was typed as `search`: the best match comes first, by `-relevance`. Filters narrow each other down.',
  },
  'GET /watch/trending/': {
    id: 'listTrendingMovies',
    tag: 'Movies',
    summary: 'The most reviewed movies of the month',
    description:
      'The movies with the most shown reviews of the last 30 days. Of more than 20,000 reviews the newest count. The order may lag by seconds; the ratings never do.',
  },
  'GET /watch/latest-reviews/': {
    id: 'listLatestReviews',
    tag: 'Reviews',
    summary: 'The newest reviews',
    description: 'The newest shown reviews of all movies. The reviews of one user are at `/watch/reviews/`.',
  },
  'GET /watch/titles/': {
    id: 'listTitles',
    tag: 'Movies',
    summary: 'Walk through all titles',
    description:
      'The ids, titles and years of all movies in the order of their ids, up to a thousand an answer: for an index of the whole catalogue. Ask again with the last id as `after` until fewer than `limit` come. Every answer costs the same, and no movie that is there throughout is seen twice or missed.',
  },
  'GET /watch/suggest/': {
    id: 'suggestMovies',
    tag: 'Movies',
    summary: 'Suggest movies while somebody types',
    description:
      'At most eight movies, the best first: those with every word in the title, whole or as its beginning, by relevance; then those with mistyped words. In a word of four letters and more one letter may be wrong, missing, doubled or swapped, from eight on two. Words with digits are taken as they are.',
  },
  'GET /watch/watchlist2/': {
    id: 'listMoviesByCursor',
    tag: 'Movies',
    summary: 'List movies by cursor',
    description:
      'For clients of the service that Marquee replaces: `GET /watch/watchlist/` by cursor, five movies a page, in the order in which they were added.',
  },
  'POST /watch/watchlist/': {
    id: 'createMovie',
    tag: 'Movies',
    summary: 'Add a movie',
    description: 'For admins. The ratings start empty, and only reviews move them.',
  },
  'GET /watch/watchlist/:id/': {
    id: 'getMovie',
    tag: 'Movies',
    summary: 'Read a movie',
    description: 'A movie with the distribution of its ratings.',
  },
  'PUT /watch/watchlist/:id/': {
    id: 'replaceMovie',
    tag: 'Movies',
    summary: 'Rewrite a movie',
    description: `For admins. ${GUARDED}`,
  },
  'PATCH /watch/watchlist/:id/': {
    id: 'updateMovie',
    tag: 'Movies',
    summary: 'Change a movie',
    description: `For admins. ${PARTIAL} ${GUARDED}`,
  },
  'DELETE /watch/watchlist/:id/': {
    id: 'deleteMovie',
    tag: 'Movies',
    summary: 'Delete a movie',
    description: 'For admins. Its reviews go with it.',
  },
  'GET /watch/genres/': {
    id: 'listGenres',
    tag: 'Movies',
    summary: 'List genres',
    description:
      'A page of genres, by name, with the number of movies that have each. `?ordering=-watchlist_count` has the commonest first.',
  },
  'PUT /watch/watchlist/:id/poster/': {
    id: 'setPoster',
    tag: 'Movies',
    summary: 'Give a movie a poster',
    description: `For admins. A JPEG, PNG, WebP or AVIF picture of at most 50 megapixels, which the movie then shows in two sizes; its metadata is dropped. Pictures that are decoded as a whole have less: AVIF 10 megapixels, some progressive ones 25. ${GUARDED}`,
  },
  'DELETE /watch/watchlist/:id/poster/': {
    id: 'removePoster',
    tag: 'Movies',
    summary: 'Take a movie’s poster off',
    description: `For admins; also where it has none. ${GUARDED}`,
  },
  'POST /watch/:id/review-create/': {
    id: 'createReview',
    tag: 'Reviews',
    summary: 'Review a movie',
    description:
      'Each user reviews a movie once: a second review is a 400, so change the first. The movie’s rating has moved when the answer arrives. With an `Idempotency-Key` it is safe to send again after a lost connection.',
  },
  'GET /watch/:id/review/': {
    id: 'listMovieReviews',
    tag: 'Reviews',
    summary: 'List a movie’s reviews',
    description: 'A page of them. Hidden ones are shown to their authors, moderators and admins alone.',
  },
  'GET /watch/reviews/': {
    id: 'listUserReviews',
    tag: 'Reviews',
    summary: 'List a user’s reviews',
    description: 'A page of them; of a user that does not exist, an empty one.',
  },
  'GET /watch/review/:id/': {
    id: 'getReview',
    tag: 'Reviews',
    summary: 'Read a review',
    description: 'A hidden one is a 404 for all but its author, moderators and admins.',
  },
  'PUT /watch/review/:id/': {
    id: 'replaceReview',
    tag: 'Reviews',
    summary: 'Rewrite a review',
    description: `For its author and admins. ${GUARDED}`,
  },
  'PATCH /watch/review/:id/': {
    id: 'updateReview',
    tag: 'Reviews',
    summary: 'Change a review',
    description: `For its author and admins; moderators change \`active\` and \`spoiler\` alone. ${PARTIAL} ${GUARDED}`,
  },
  'DELETE /watch/review/:id/': {
    id: 'deleteReview',
    tag: 'Reviews',
    summary: 'Delete a review',
    description: 'For its author and admins. Its stars leave the movie’s rating at once.',
  },
  'POST /watch/review/:id/report/': {
    id: 'reportReview',
    tag: 'Reviews',
    summary: 'Report a review',
    description:
      'Tells the moderators. Each user reports a review once, and nobody their own: both are a 400.',
  },
  'PUT /watch/review/:id/helpful/': {
    id: 'findReviewHelpful',
    tag: 'Reviews',
    summary: 'Find a review helpful',
    description:
      'Counts once for each user, however often it is sent. One’s own review is a 400. Order reviews by `-helpful` to have those that most users find helpful first.',
  },
  'DELETE /watch/review/:id/helpful/': {
    id: 'withdrawHelpful',
    tag: 'Reviews',
    summary: 'No longer find a review helpful',
    description: 'Also where one never did. One’s own review is a 400.',
  },
  'GET /watch/users/:username/': {
    id: 'getProfile',
    tag: 'Reviews',
    summary: 'Read a user’s profile',
    description:
      'What everybody may know of a user: since when, and how many shown reviews gave how many stars. A user who is not active is a 404. `GET /watch/reviews/` has the reviews.',
  },
};
