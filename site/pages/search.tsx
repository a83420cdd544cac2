/** @jsxImportSource preact */
import { ApiError } from '../../src/http/errors.js';
import type { Movie } from '../api.js';
import { PosterShades } from '../components/drawn-poster.js';
import { Listing } from '../components/listing.js';
import { MovieRows } from '../components/movie-row.js';
import { page, type Visit } from '../http/page.js';
import { type Paged, readPaged } from '../http/paged.js';
import { translate } from '../locale/messages.js';

const MOVIES = 20;
/** As much of a text is repeated on the page, in characters. */
const SHOWN = 80;

/** `/search?q=`: the movies that a text finds, the best first. */
export const search = page('/search', {
  show: async (visit) => {
    const { text, query } = visit;
    const words = text.search;
    const sought = query.get('q')?.trim() ?? '';
    if (sought === '') return { title: words.title, isUnlisted: true, body: <Hint visit={visit} /> };
    const paged = await readPaged<Movie>(visit, '/watch/watchlist/', { search: sought }, MOVIES);
    const shown = shorten(sought);
    const isNothing = paged.status === 200 && paged.count === 0;
    const near = isNothing ? await readNear(visit, sought) : [];
    return {
      title: `${shown} · ${words.title}`,
      description: words.heading(shown),
      status: paged.status,
      isUnlisted: true,
      body: (
        <section class="band">
          <PosterShades />
          <div class="wrap">
            <div class="found">
              <header>
                <h1 dir="auto">{isNothing ? words.none(shown) : words.heading(shown)}</h1>
                {paged.count > 0 && <p class="quiet">{text.count.movies(paged.count)}</p>}
              </header>
              {paged.status === 400 ? (
                <Faults visit={visit} paged={paged} />
              ) : (
                <Listing
                  visit={visit}
                  paged={paged}
                  empty={<Nothing visit={visit} sought={sought} near={near} />}
                >
                  <MovieRows movies={paged.results} visit={visit} />
                </Listing>
              )}
            </div>
          </div>
        </section>
      ),
    };
  },
});

/** A text without what is too long to repeat. */
function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= SHOWN ? text : `${characters.slice(0, SHOWN).join('')}…`;
}

/** The movies whose titles may have been meant. */
async function readNear({ api }: Visit, sought: string): Promise<Movie[]> {
  const { results } = await api.get<{ results: Pick<Movie, 'id'>[] }>('/watch/suggest/', { q: sought });
  // One query reads them all.
  const movies = await Promise.all(
    results.map(({ id }) =>
      api.get<Movie>(`/watch/watchlist/${id}/`).catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }),
    ),
  );
  return movies.filter((movie) => movie !== null);
}

function Hint({ visit: { text } }: { visit: Visit }) {
  return (
    <section class="band">
      <div class="wrap message">
        <h1>{text.search.title}</h1>
        <p>{text.search.hint}</p>
        <p>
          <a class="button" href="/movies">
            {text.search.browse}
          </a>
        </p>
      </div>
    </section>
  );
}

function Faults({ visit: { text, language }, paged }: { visit: Visit; paged: Paged<Movie> }) {
  const faults = Object.values(paged.faults).flat();
  return (
    <div class="summary" role="alert">
      <p>{text.search.faulty}</p>
      {faults.map((fault) => (
        <p>{translate(fault, language)}</p>
      ))}
    </div>
  );
}

function Nothing({ visit, sought, near }: { visit: Visit; sought: string; near: readonly Movie[] }) {
  const words = visit.text.search;
  return (
    <>
      {near.length > 0 ? (
        <>
          <h2>{words.didYouMean}</h2>
          <MovieRows movies={near} visit={visit} level={3} />
        </>
      ) : (
        <p>{/[\p{L}\p{N}]/u.test(sought) ? words.noneHint : words.noWords}</p>
      )}
      <p>
        <a class="button plain" href="/movies">
          {words.browse}
        </a>
      </p>
    </>
  );
}
