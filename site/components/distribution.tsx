/** @jsxImportSource preact */
import type { MovieDetail } from '../api.js';
import type { Visit } from '../http/page.js';
import { choicePath, type ReviewChoice } from '../reviews/choice.js';

/** How many reviews have how many stars. Each bar leads to those reviews. */
export function Distribution({
  distribution,
  visit: { text },
  path,
  choice,
}: {
  distribution: MovieDetail['rating_distribution'];
  visit: Visit;
  /** The page that shows the reviews. */
  path: string;
  choice: ReviewChoice;
}) {
  const { movie: words, count, format } = text;
  const most = Math.max(1, ...Object.values(distribution));
  return (
    <ul class="bars" aria-label={words.distribution}>
      {([5, 4, 3, 2, 1] as const).map((stars) => {
        const number = distribution[stars];
        const content = (
          <>
            <span class="visually-hidden">
              {words.starsChosen(stars)}: {count.ratings(number)}
            </span>
            <span aria-hidden="true">{stars} ★</span>
            <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect width={(100 * number) / most} height="10" />
            </svg>
            <span aria-hidden="true">{format.number(number)}</span>
          </>
        );
        const isChosen = choice.stars === stars;
        const address = choicePath(path, { ...choice, stars: isChosen ? null : stars, page: 1 });
        return (
          <li>
            {number > 0 || isChosen ? (
              <a href={`${address}#reviews`} {...(isChosen && { 'aria-current': 'true' })}>
                {content}
              </a>
            ) : (
              <span>{content}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
