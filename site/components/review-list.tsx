/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Review } from '../api.js';
import type { FormState, Visit } from '../http/page.js';
import type { Paged } from '../http/paged.js';
import { choicePath, type ReviewChoice, type Sort, SORTS } from '../reviews/choice.js';
import { Listing } from './listing.js';
import { ReviewActions } from './review-actions.js';
import { ReviewArticle } from './review.js';

/** A page of reviews, with the links to other orders and pages. */
export function ReviewList({
  reviews,
  visit,
  path,
  choice,
  form,
  helpful,
  showsMovie = false,
  empty,
}: {
  reviews: Paged<Review>;
  visit: Visit;
  /** The page that they are on. */
  path: string;
  choice: ReviewChoice;
  form: FormState | undefined;
  /** The ids of those that the member finds helpful. */
  helpful: ReadonlySet<number>;
  /** Whether the reviews are of one member about several movies, or of one movie. */
  showsMovie?: boolean;
  /** What stands in place of reviews where there is none at all. */
  empty: ComponentChildren;
}) {
  const { review: words, count: counted, movie } = visit.text;
  const { count } = reviews;
  const { stars } = choice;
  const query = new URL(choicePath(path, choice), visit.origin).searchParams;
  return (
    <section aria-labelledby="reviews">
      <header class="list-head">
        <h2 id="reviews">
          {counted.reviews(count)}
          {stars !== null && ` ${words.with(movie.starsChosen(stars))}`}
        </h2>
        {count > 1 && <Orders visit={visit} path={path} choice={choice} />}
      </header>
      {stars !== null && (
        <p>
          <a
            class="chip"
            aria-current="true"
            href={`${choicePath(path, { ...choice, stars: null, page: 1 })}#reviews`}
          >
            {movie.starsChosen(stars)} <span aria-hidden="true">×</span>
            <span class="visually-hidden">{words.takeOff}</span>
          </a>
        </p>
      )}
      <Listing
        visit={{ ...visit, path, query }}
        paged={reviews}
        empty={stars === null ? empty : <p>{words.noneChosen}</p>}
      >
        {reviews.results.map((review) => (
          <ReviewArticle review={review} visit={visit} showsMovie={showsMovie} showsAuthor={!showsMovie}>
            <ReviewActions
              review={review}
              visit={visit}
              form={form}
              isHelpful={helpful.has(review.id)}
              showsMovie={showsMovie}
            />
          </ReviewArticle>
        ))}
      </Listing>
    </section>
  );
}

/** Orders that say nothing about reviews with the same stars. */
const BY_STARS = new Set<Sort>(['highest', 'lowest']);

function Orders({ visit: { text }, path, choice }: { visit: Visit; path: string; choice: ReviewChoice }) {
  const { stars } = choice;
  return (
    <nav aria-label={text.review.order}>
      <ul class="chips">
        {SORTS.filter((sort) => stars === null || !BY_STARS.has(sort) || sort === choice.sort).map((sort) => (
          <li>
            <a
              class="chip"
              href={`${choicePath(path, { ...choice, sort, page: 1 })}#reviews`}
              {...(sort === choice.sort && { 'aria-current': 'true' })}
            >
              {text.review.sorts[sort]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
