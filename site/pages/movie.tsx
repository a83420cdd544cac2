/** @jsxImportSource preact */
import { notFound } from '../../src/http/errors.js';
import type { MovieDetail } from '../api.js';
import { Feature } from '../components/feature.js';
import { pagedTitle } from '../components/listing.js';
import { OwnReview } from '../components/own-review.js';
import { ReviewList } from '../components/review-list.js';
import { MovieData } from '../components/structured-data.js';
import { goneOr } from '../http/gone.js';
import { page, Redirect, type Visit } from '../http/page.js';
import { leadToPath } from '../http/spelling.js';
import { moviePath, withNext } from '../paths.js';
import { choiceOf, chosenReviews, choicePath } from '../reviews/choice.js';
import { deleteReview, mark, ownReview, writeReview } from '../reviews/deeds.js';
import { marksOf } from '../reviews/marks.js';

const DESCRIPTION_MAX = 155;

/** `/movies/<id>/<slug>`: a movie, its reviews, and what the member thinks of it. */
export const movie = page('/movies/:id/:slug?', {
  throttle: 'review-list',
  show: async (visit, form) => {
    const { api, text, query } = visit;
    const id = movieIdOf(visit);
    const choice = choiceOf(query);
    const [movie, reviews, own] = await Promise.all([
      api.get<MovieDetail>(`/watch/watchlist/${id}/`),
      chosenReviews(visit, `/watch/${id}/review/`, choice),
      ownReview(visit, id),
    ]).catch((error: unknown) => goneOr(error, visit, id));
    const marks = await marksOf(visit, { movies: [id], reviews: reviews.results });
    const path = moviePath(movie);
    // A form that was refused is shown again, even if the title has changed meanwhile.
    const elsewhere = form ? null : leadToPath(visit, path);
    if (elsewhere) return elsewhere;
    const year = movie.year === null ? '' : ` (${movie.year})`;
    return {
      title: pagedTitle(visit, `${movie.title}${year}`, reviews),
      status: reviews.status,
      description: descriptionOf(movie, visit),
      canonical: choicePath(path, { page: choice.page }),
      isUnlisted: reviews.status !== 200 || choice.stars !== null || choice.sort !== 'newest',
      type: movie.kind === 'show' ? 'video.tv_show' : 'video.movie',
      ...(movie.poster && { picture: { ...movie.poster, url: movie.poster.large } }),
      head: <MovieData movie={movie} reviews={reviews.results} visit={visit} />,
      body: (
        <>
          <Feature
            movie={movie}
            visit={visit}
            path={path}
            choice={choice}
            hasReviewed={own !== null}
            isSaved={marks.saved.has(id)}
          />
          <div class="bulbs" />
          <div class="band">
            <div class="wrap cols">
              <ReviewList
                reviews={reviews}
                visit={visit}
                path={path}
                choice={choice}
                form={form}
                helpful={marks.helpful}
                empty={<p class="quiet">{text.review.none}</p>}
              />
              <OwnReview movieId={id} path={path} own={own} visit={visit} form={form} />
            </div>
          </div>
        </>
      ),
    };
  },
  submit: async (visit, fields) => {
    const id = movieIdOf(visit);
    if (!visit.member) return new Redirect(withNext('/login', visit.request.originalUrl));
    switch (fields.form) {
      case 'review':
        return writeReview(visit, id, fields);
      case 'delete':
        return deleteReview(visit, fields);
      default:
        return mark(visit, fields);
    }
  },
});

/** @throws {ApiError} 404 where the address has no id */
function movieIdOf({ params: { id = '' } }: Visit): number {
  if (!/^0*[1-9]\d{0,14}$/.test(id)) throw notFound();
  return Number(id);
}

/** A movie in a sentence or two, for search engines. */
function descriptionOf(
  { title, storyline, avg_rating, number_rating }: MovieDetail,
  { text }: Visit,
): string {
  const { movie: words, format, count } = text;
  const rated =
    number_rating > 0 ? words.described(title, format.rating(avg_rating), count.ratings(number_rating)) : '';
  const whole = `${rated} ${storyline.replace(/\s+/g, ' ')}`.trim();
  const characters = [...whole];
  return characters.length <= DESCRIPTION_MAX
    ? whole
    : `${characters.slice(0, DESCRIPTION_MAX).join('').trimEnd()}…`;
}
