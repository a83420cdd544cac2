/** @jsxImportSource preact */
import type { Movie } from '../api.js';
import type { Visit } from '../http/page.js';
import { moviePath } from '../paths.js';
import { Poster, Verdict } from './film.js';

/** Movies in a list that one reads: what each is, where it is, and how its story begins. */
export function MovieRows({
  movies,
  visit,
  level = 2,
}: {
  movies: readonly Movie[];
  visit: Visit;
  /** The level of their headings. */
  level?: 2 | 3;
}) {
  return (
    <ol class="rows">
      {movies.map((movie) => (
        <li>
          <MovieRow movie={movie} visit={visit} level={level} />
        </li>
      ))}
    </ol>
  );
}

function MovieRow({ movie, visit, level }: { movie: Movie; visit: Visit; level: 2 | 3 }) {
  const Heading = `h${level}` as const;
  const { movie: words, count } = visit.text;
  const { year, kind, runtime, genres, platform } = movie;
  const facts = [
    year,
    words.kinds[kind],
    runtime !== null && count.minutes(runtime),
    ...genres.slice(0, GENRES),
    platform,
  ].filter(Boolean);
  return (
    <article class="row">
      <figure>
        <Poster movie={movie} />
      </figure>
      <div>
        <Heading>
          <a href={moviePath(movie)} dir="auto">
            {movie.title}
          </a>
        </Heading>
        <p class="quiet">{facts.join('\u00a0· ')}</p>
        <p class="story" dir="auto">
          {movie.storyline}
        </p>
        <p class="quiet">
          <Verdict movie={movie} visit={visit} />
        </p>
      </div>
    </article>
  );
}

const GENRES = 3;
