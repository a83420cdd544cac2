import { useTranslation } from 'adminjs';
import { Link } from 'react-router-dom';
import type { DashboardData } from '../../dashboard/dashboard.js';
import { listOf, pageOf } from './links.js';
import { useFormats } from '../formats.js';

/** A card with the best or the worst movies, and a link to the list in that order. */
export function Ranking({ movies, best }: { movies: DashboardData['top']; best: boolean }) {
  const { translateComponent } = useTranslation();
  const formats = useFormats();
  const all = listOf(
    'watch_lists',
    { 'number_rating~~from': 1 },
    { by: 'weighted_rating', direction: best ? 'desc' : 'asc' },
  );
  return (
    <section className="card">
      <Heading title={translateComponent(best ? 'Dashboard.top' : 'Dashboard.bottom')} all={all} />
      {movies.length === 0 && <p>{translateComponent('Dashboard.nothing')}</p>}
      <ol className="ranking">
        {movies.map(({ id, title, weighted_rating, number_rating }) => (
          <li key={id}>
            <Link to={pageOf('watch_lists', id)}>{title}</Link>
            <span className="ranking-rating">
              <span aria-hidden="true" className="star">
                ★
              </span>{' '}
              {formats.rating(weighted_rating)}
            </span>
            <small>
              {translateComponent('Dashboard.reviews', {
                count: number_rating,
                formatted: formats.number(number_rating),
              })}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A card with the latest reviews, each with a link to its page. */
export function Latest({ latest }: Pick<DashboardData, 'latest'>) {
  const { translateComponent } = useTranslation();
  const formats = useFormats();
  return (
    <section className="card card-wide">
      <Heading
        title={translateComponent('Dashboard.latest')}
        all={listOf('reviews', {}, { by: 'created', direction: 'desc' })}
      />
      {latest.length === 0 && <p>{translateComponent('Dashboard.nothing')}</p>}
      <ul className="latest">
        {latest.map(({ id, movie, user, rating, active, created, text }) => (
          <li key={id}>
            <Link to={pageOf('reviews', id)}>{movie}</Link>{' '}
            <span className="star" role="img" aria-label={`${rating} / 5`}>
              {'★'.repeat(rating) + '☆'.repeat(5 - rating)}
            </span>
            {!active && <span className="latest-hidden">{translateComponent('Dashboard.hiddenOne')}</span>}
            <small>
              {user}, <time dateTime={created}>{formats.time(created)}</time>
            </small>
            {text && <p>{text}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A card's heading, with a link to the complete list. */
export function Heading({ title, all }: { title: string; all: string }) {
  const { translateComponent } = useTranslation();
  return (
    <div className="card-heading">
      <h2>{title}</h2>
      <Link to={all} aria-label={`${translateComponent('Dashboard.all')}: ${title}`}>
        {translateComponent('Dashboard.all')}
      </Link>
    </div>
  );
}
