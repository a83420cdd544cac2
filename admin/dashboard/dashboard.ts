import type { PageContext } from 'adminjs';
import { can } from '../../src/policies/policies.js';
import { actorOf } from '../actions/permissions.js';
import {
  countMovies,
  countReviews,
  countReviewsBetween,
  countUsers,
  type MovieCounts,
  type ReviewCounts,
  type UserCounts,
} from './counts.js';
import { type LatestReview, latestReviews, type RankedMovie, rankedMovies } from './highlights.js';

const DAY_MS = 86_400_000;
const NEW_DAYS = 7;
const PLOTTED_DAYS = 30;

/** The data of the dashboard, the panel's first page. */
export interface DashboardData {
  /** The start of the period in which a record counts as new. */
  newSince: string;
  movies: MovieCounts;
  reviews: ReviewCounts;
  /** Null if the visitor may not read users. */
  users: UserCounts | null;
  /** Reviews on each of the last 30 days, today last. Days begin at midnight UTC. */
  days: { day: string; count: number }[];
  top: RankedMovie[];
  bottom: RankedMovie[];
  latest: LatestReview[];
}

/** The dashboards that are being read, by whether they count users. */
const reading = new Map<boolean, Promise<DashboardData>>();

/** AdminJS's dashboard handler. Gives only what the visitor may read. Visitors that come at once share one. */
export async function dashboardData(
  _request: unknown,
  _response: unknown,
  { currentAdmin }: PageContext,
): Promise<DashboardData> {
  const withUsers = can(actorOf(currentAdmin), 'read', 'user');
  const data = reading.get(withUsers) ?? readDashboard(withUsers).finally(() => reading.delete(withUsers));
  reading.set(withUsers, data);
  return data;
}

/** Reads one part after the other: some go through all movies, and requests of others need the connections. */
async function readDashboard(withUsers: boolean): Promise<DashboardData> {
  const now = Date.now();
  const newSince = new Date(now - NEW_DAYS * DAY_MS);
  const days = lastDays(now);
  const movies = await countMovies(newSince);
  const reviews = await countReviews(newSince);
  const users = withUsers ? await countUsers(newSince) : null;
  const counts = await countReviewsBetween(days.map((day) => new Date(day)));
  return {
    newSince: newSince.toISOString(),
    movies,
    // All reviews, hidden ones included, without a count of the table.
    reviews: { ...reviews, all: movies.distribution.reduce((sum, votes) => sum + votes) + reviews.hidden },
    users,
    days: days.map((day, index) => ({ day, count: counts[index] ?? 0 })),
    top: await rankedMovies('DESC'),
    bottom: await rankedMovies('ASC'),
    latest: await latestReviews(),
  };
}

function lastDays(now: number): string[] {
  return Array.from({ length: PLOTTED_DAYS }, (_, index) =>
    new Date(now - (PLOTTED_DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}
