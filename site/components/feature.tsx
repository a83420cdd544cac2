/** @jsxImportSource preact */
import { config } from '../../src/config.js';
import type { MovieDetail } from '../api.js';
import type { Visit } from '../http/page.js';
import { moviesPath, platformPath } from '../paths.js';
import type { ReviewChoice } from '../reviews/choice.js';
import { Distribution } from './distribution.js';
import { PosterShades } from './drawn-poster.js';
import { Poster } from './film.js';
import { SaveForm } from './save-form.js';

/** A title of more characters is set smaller. */
const LONG_TITLE = 40;

/** The head of a movie's page: poster, title, facts, storyline, and how it is rated. */
export function Feature({
  movie,
  visit,
  path,
  choice,
  hasReviewed,
  isSaved,
}: {
  movie: MovieDetail;
  visit: Visit;
  path: string;
  choice: ReviewChoice;
  hasReviewed: boolean;
  isSaved: boolean;
}) {
  const { text, member } = visit;
  const { movie: words, review: reviewing } = text;
  return (
    <section class="feature">
      {!movie.poster && <PosterShades />}
      <div class="wrap">
        <figure>
          <Poster movie={movie} size="large" />
        </figure>
        <div>
          <h1 dir="auto" {...(movie.title.length > LONG_TITLE && { class: 'long' })}>
            {movie.title}
          </h1>
          <Facts movie={movie} visit={visit} />
        </div>
        <div class="feature-body">
          <p class="story" dir="auto">
            {movie.storyline}
          </p>
          {!movie.active && <p class="inactive">{words.inactive(movie.platform)}</p>}
          <div class="score">
            <Average movie={movie} visit={visit} />
            {movie.number_rating > 0 && (
              <Distribution
                distribution={movie.rating_distribution}
                visit={visit}
                path={path}
                choice={choice}
              />
            )}
          </div>
          <div class="buttons">
            <a class="button" href="#yours">
              {hasReviewed ? reviewing.yours : reviewing.reviewIt}
            </a>
            <SaveForm movie={movie} visit={visit} isSaved={isSaved} />
            {member?.role === 'admin' && (
              <a class="button plain" href={`/admin/resources/watch_lists/records/${movie.id}/edit`}>
                {reviewing.edit}
              </a>
            )}
          </div>
        </div>
      </div>
    </section>
  );
}

function Facts({ movie, visit: { text } }: { movie: MovieDetail; visit: Visit }) {
  const { movie: words, count } = text;
  return (
    <>
      <ul class="facts">
        {movie.year !== null && <li>{movie.year}</li>}
        <li>{words.kinds[movie.kind]}</li>
        {movie.runtime !== null && <li>{count.minutes(movie.runtime)}</li>}
        <li>
          {words.on}{' '}
          <a href={platformPath({ id: movie.platform_id, name: movie.platform })}>{movie.platform}</a>
        </li>
      </ul>
      {movie.genres.length > 0 && (
        <ul class="chips" aria-label={text.home.genres}>
          {movie.genres.map((genre) => (
            <li>
              <a class="chip" dir="auto" href={moviesPath({ genre })}>
                {genre}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Average({ movie, visit: { text } }: { movie: MovieDetail; visit: Visit }) {
  const { movie: words, format, count } = text;
  const weighted = format.rating(movie.weighted_rating);
  return (
    <div>
      {movie.number_rating > 0 ? (
        <p class="average">
          <b>{format.rating(movie.avg_rating)}</b>{' '}
          <span>
            {words.ofFive} · {count.ratings(movie.number_rating)}
          </span>
        </p>
      ) : (
        <p class="average">{words.unrated}</p>
      )}
      <details class="weighted">
        <summary>{words.weighted(weighted)}</summary>
        <p>
          {words.weightedHow(
            count.ratings(movie.number_rating),
            format.number(config.RATING_PRIOR_VOTES),
            format.number(config.RATING_PRIOR_MEAN),
          )}
        </p>
      </details>
    </div>
  );
}
