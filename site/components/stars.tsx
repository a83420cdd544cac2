/** @jsxImportSource preact */
import type { Visit } from '../http/page.js';

const MOST = 5;

/** A rating as stars. */
export function Stars({ rating, visit: { text } }: { rating: number; visit: Visit }) {
  return (
    <span class="star" role="img" aria-label={text.movie.stars(rating)}>
      {'★'.repeat(rating)}
      {'☆'.repeat(MOST - rating)}
    </span>
  );
}
