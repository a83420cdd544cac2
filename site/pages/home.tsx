/** @jsxImportSource preact */
import type { Genre, Movie, Platform, Review } from '../api.js';
import { PosterShades } from '../components/drawn-poster.js';
import { Poster, Strip } from '../components/film.js';
import { ReviewArticle } from '../components/review.js';
import { SiteData } from '../components/structured-data.js';
import { page, type Visit } from '../http/page.js';
import { moviesPath, platformPath } from '../paths.js';

const STRIP = 18;
const REVIEWS = 6;
const CHIPS = 14;
const FAN = 3;

/** `/`: search, the best rated, most reviewed and newest movies, and the latest reviews. */
export const home = page('/', {
  throttle: 'review-list',
  show: async (visit) => {
    const { api, text } = visit;
    const [best, trending, newest, latest, platforms, genres] = await Promise.all([
      api.list<Movie>('/watch/watchlist/', { ordering: '-weighted_rating', page_size: STRIP }),
      api.get<{ results: Movie[] }>('/watch/trending/', { limit: STRIP }),
      api.list<Movie>('/watch/watchlist/', { ordering: '-created', page_size: STRIP }),
      api.get<{ results: Review[] }>('/watch/latest-reviews/', { limit: REVIEWS }),
      api.list<Platform>('/watch/platformlist/', { page_size: CHIPS, fields: 'id,name,watchlist_count' }),
      api.list<Genre>('/watch/genres/', { ordering: '-watchlist_count', page_size: CHIPS }),
    ]);
    const words = text.home;
    const rated = best.results.filter(({ number_rating }) => number_rating > 0);
    return {
      title: words.title,
      description: words.description,
      head: <SiteData visit={visit} />,
      body: (
        <>
          <PosterShades />
          <section class="opening">
            <div class="wrap">
              <div>
                <h1>{words.heading}</h1>
                <p>{words.lead(newest.count, text.format.number(newest.count))}</p>
                <ul class="chips" aria-label={words.genres}>
                  {genres.results.map(({ name }) => (
                    <li>
                      <a class="chip" href={moviesPath({ genre: name })}>
                        {name}
                      </a>
                    </li>
                  ))}
                </ul>
              </div>
              <div class="fan" aria-hidden="true">
                {best.results.slice(0, FAN).map((movie) => (
                  <div>
                    <Poster movie={movie} />
                  </div>
                ))}
              </div>
            </div>
          </section>
          <div class="bulbs" />
          {newest.count === 0 && (
            <div class="band">
              <p class="wrap">{words.empty}</p>
            </div>
          )}
          <Row visit={visit} heading={words.best} movies={rated} order="-weighted_rating" />
          <Row visit={visit} heading={words.trending} movies={trending.results} order="-number_rating" />
          <Row visit={visit} heading={words.newest} movies={newest.results} order="-created" />
          <section class="band">
            <div class="wrap cols">
              <div>
                <h2>{words.latest}</h2>
                {latest.results.length === 0 && <p class="quiet">{words.noReviews}</p>}
                {latest.results.map((review) => (
                  <ReviewArticle review={review} visit={visit} showsMovie />
                ))}
              </div>
              <aside>
                <h2>
                  <a href="/platforms">{text.layout.platforms}</a>
                </h2>
                <ul class="chips">
                  {platforms.results.map((platform) => (
                    <li>
                      <a class="chip" href={platformPath(platform)}>
                        {platform.name}{' '}
                        <span class="quiet">{text.format.number(platform.watchlist_count)}</span>
                      </a>
                    </li>
                  ))}
                </ul>
              </aside>
            </div>
          </section>
        </>
      ),
    };
  },
});

function Row({
  visit,
  heading,
  movies,
  order,
}: {
  visit: Visit;
  heading: string;
  movies: readonly Movie[];
  order: string;
}) {
  if (movies.length === 0) return null;
  return (
    <section class="band">
      <div class="wrap">
        <header>
          <h2>{heading}</h2>
          <a href={moviesPath({ order })} aria-label={`${visit.text.home.all}: ${heading}`}>
            {visit.text.home.all}
          </a>
        </header>
        <Strip movies={movies} visit={visit} label={heading} />
      </div>
    </section>
  );
}
