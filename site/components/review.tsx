/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Review } from '../api.js';
import type { Visit } from '../http/page.js';
import { memberPath, moviePath } from '../paths.js';
import { Stars } from './stars.js';

/** A review as lists show it. */
export function ReviewArticle({
  review,
  visit,
  showsMovie = false,
  showsAuthor = true,
  children,
}: {
  review: Review;
  visit: Visit;
  /** Whether the list is of several movies. */
  showsMovie?: boolean;
  /** Whether the list is of several authors. */
  showsAuthor?: boolean;
  /** What one can do with it. */
  children?: ComponentChildren;
}) {
  const { text } = visit;
  const { format, review: words } = text;
  return (
    <article class="review" id={`review-${review.id}`}>
      <header>
        <Stars rating={review.rating} visit={visit} />
        <span>
          {showsAuthor && <a href={memberPath(review.review_user)}>{review.review_user}</a>}
          {showsAuthor && showsMovie && ` ${words.on} `}
          {showsMovie && (
            <a dir="auto" href={moviePath({ id: review.watchlist, title: review.title })}>
              {review.title}
            </a>
          )}
        </span>
        <time class="quiet" dateTime={review.created}>
          {format.date(review.created)}
        </time>
      </header>
      {!review.active && <p class="hidden-note">{words.hidden}</p>}
      {review.description &&
        (review.spoiler ? (
          <details class="spoiler">
            <summary>{words.spoiler}</summary>
            <blockquote dir="auto">{review.description}</blockquote>
          </details>
        ) : (
          <blockquote dir="auto">{review.description}</blockquote>
        ))}
      {children && <footer>{children}</footer>}
    </article>
  );
}
