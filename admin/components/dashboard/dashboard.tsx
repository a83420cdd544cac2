import { Loader } from '@adminjs/design-system';
import { ApiClient, useTranslation } from 'adminjs';
import { useEffect, useState } from 'react';
import type { DashboardData } from '../../dashboard/dashboard.js';
import { ReviewsPerDay } from './reviews-per-day.js';
import { RatingDistribution } from './rating-distribution.js';
import { listOf } from './links.js';
import { Heading, Latest, Ranking } from './cards.js';
import { Tiles } from './tiles.js';

const api = new ApiClient();

/** The panel's first page: counts, charts and top lists, each with a link to its records. */
export default function Dashboard() {
  const { translateLabel, translateComponent } = useTranslation();
  const [data, setData] = useState<DashboardData | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    api
      .getDashboard<DashboardData>()
      .then((response) => setData(response.data))
      .catch(() => setFailed(true));
  }, []);
  return (
    <main className="dashboard">
      <h1>{translateLabel('dashboard')}</h1>
      {failed && <p role="alert">{translateComponent('Dashboard.failed')}</p>}
      {!data && !failed && <Loader />}
      {data && (
        <>
          <Tiles {...data} />
          <div className="cards">
            <section className="card card-wide">
              <Heading
                title={translateComponent('Dashboard.perDay')}
                all={listOf('reviews', { 'created~~from': `${data.days[0]?.day}T00:00:00.000Z` })}
              />
              <ReviewsPerDay days={data.days} />
            </section>
            <section className="card">
              <Heading
                title={translateComponent('Dashboard.distribution')}
                all={listOf('reviews', { active: true })}
              />
              <RatingDistribution distribution={data.movies.distribution} />
            </section>
            <Latest latest={data.latest} />
            <div className="card-column">
              <Ranking movies={data.top} best />
              <Ranking movies={data.bottom} best={false} />
            </div>
          </div>
        </>
      )}
    </main>
  );
}
