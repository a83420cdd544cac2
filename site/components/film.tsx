/** @jsxImportSource preact */
import type { Movie } from '../api.js';
import type { Visit } from '../http/page.js';
import { moviePath } from '../paths.js';
import { type Drawn, DrawnPoster } from './drawn-poster.js';

/** A movie's picture, or a drawn one. It has no name: its title stands beside it. */
export function Poster({
  movie,
  size = 'small',
}: {
  movie: Drawn & Pick<Movie, 'poster'>;
  size?: 'small' | 'large';
}) {
  const { poster } = movie;
  if (!poster) return <DrawnPoster {...movie} />;
  const height = Math.round((185 * poster.height) / poster.width);
  return (
    <img
      src={pathOf(size === 'large' ? poster.large : poster.small)}
      {...(size === 'small' && {
        srcset: `${pathOf(poster.small)} 185w, ${pathOf(poster.large)} 500w`,
        sizes: '(max-width: 30rem) 45vw, 11rem',
      })}
      width={size === 'large' ? poster.width : 185}
      height={size === 'large' ? poster.height : height}
      alt=""
      {...(size === 'small' ? { loading: 'lazy' as const } : { fetchpriority: 'high' as const })}
      decoding="async"
    />
  );
}

/** The path of an address on this site: pages are the same whatever the site's name. */
function pathOf(address: string): string {
  return new URL(address).pathname;
}

/** A movie as a grid shows it. A suggestion has no ratings. */
export type FilmLike = Pick<Movie, 'id' | 'title' | 'year' | 'poster'> &
  Partial<Pick<Movie, 'genres' | 'avg_rating' | 'number_rating'>>;

/** A movie in a grid or a strip: poster, title, and what others think. */
export function Film({ movie, visit }: { movie: FilmLike; visit: Visit }) {
  return (
    <a class="film" href={moviePath(movie)}>
      <figure>
        <Poster movie={movie} />
      </figure>
      <b dir="auto">{movie.title}</b>
      <small>
        <Verdict movie={movie} visit={visit} showsYear />
      </small>
    </a>
  );
}

/** What others think of a movie, in a line. */
export function Verdict({
  movie: { avg_rating, number_rating, year },
  visit: { text },
  showsYear = false,
}: {
  movie: Pick<FilmLike, 'avg_rating' | 'number_rating' | 'year'>;
  visit: Visit;
  showsYear?: boolean;
}) {
  const { movie: words, format, count } = text;
  const shown = showsYear && year !== null ? String(year) : '';
  if (number_rating === undefined || avg_rating === undefined) return <>{shown}</>;
  const after = shown === '' ? '' : ` · ${shown}`;
  if (number_rating === 0) return <>{`${words.unrated}${after}`}</>;
  return (
    <>
      <span class="star" aria-hidden="true">
        ★
      </span>{' '}
      <span aria-label={words.average(format.rating(avg_rating))} role="img">
        {format.rating(avg_rating)}
      </span>
      {`${after} · ${count.ratings(number_rating)}`}
    </>
  );
}

/** Movies in a grid. */
export function Films({ movies, visit }: { movies: readonly FilmLike[]; visit: Visit }) {
  return (
    <ul class="posters">
      {movies.map((movie) => (
        <li>
          <Film movie={movie} visit={visit} />
        </li>
      ))}
    </ul>
  );
}

/** Movies in a row that one pushes sideways. */
export function Strip({ movies, visit, label }: { movies: readonly Movie[]; visit: Visit; label: string }) {
  return (
    <ul class="strip" tabindex={0} role="list" aria-label={label}>
      {movies.map((movie) => (
        <li>
          <Film movie={movie} visit={visit} />
        </li>
      ))}
    </ul>
  );
}
