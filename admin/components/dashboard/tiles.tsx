import { useTranslation } from 'adminjs';
import { Link } from 'react-router-dom';
import type { DashboardData } from '../../dashboard/dashboard.js';
import { listOf } from './links.js';
import { useFormats } from '../formats.js';

interface Tile {
  name: string;
  count: number;
  to: string;
  /** The number of new ones, and the URL of their list. */
  fresh?: { count: number; to: string };
  /** Whether a count above 0 needs attention. */
  urgent?: boolean;
}

/** The counts, each with a link to the list of its records. */
export function Tiles(data: DashboardData) {
  const { translateComponent } = useTranslation();
  const formats = useFormats();
  return (
    <ul className="tiles">
      {tilesOf(data).map(({ name, count, to, fresh, urgent }) => (
        <li key={name} className={urgent && count > 0 ? 'card tile tile-urgent' : 'card tile'}>
          <Link to={to}>
            <strong>{formats.number(count)}</strong> {translateComponent(`Dashboard.tiles.${name}`)}
          </Link>
          {fresh && (
            <Link to={fresh.to} className="tile-fresh">
              {translateComponent('Dashboard.fresh', { formatted: formats.number(fresh.count) })}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

function tilesOf({ newSince, movies, reviews, users }: DashboardData): Tile[] {
  const since = { 'created~~from': newSince };
  return [
    {
      name: 'movies',
      count: movies.all,
      to: listOf('watch_lists'),
      fresh: { count: movies.new, to: listOf('watch_lists', since) },
    },
    { name: 'activeMovies', count: movies.active, to: listOf('watch_lists', { active: true }) },
    {
      name: 'reviews',
      count: reviews.all,
      to: listOf('reviews'),
      fresh: { count: reviews.new, to: listOf('reviews', since) },
    },
    { name: 'hidden', count: reviews.hidden, to: listOf('reviews', { active: false }) },
    { name: 'reported', count: reviews.reported, to: listOf('moderation_queue'), urgent: true },
    ...(users
      ? [
          {
            name: 'users',
            count: users.all,
            to: listOf('users'),
            fresh: { count: users.new, to: listOf('users', { 'date_joined~~from': newSince }) },
          },
        ]
      : []),
  ];
}
