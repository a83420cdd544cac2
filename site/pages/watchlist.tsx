/** @jsxImportSource preact */
import type { Movie } from '../api.js';
import { PosterShades } from '../components/drawn-poster.js';
import { Film } from '../components/film.js';
import { ActiveFilters, FilterFaults, Filters } from '../components/filters.js';
import { Form } from '../components/form.js';
import { Listing, pagedTitle } from '../components/listing.js';
import { notFound } from '../../src/http/errors.js';
import { page, Redirect, type Visit } from '../http/page.js';
import { countOf, filtersOf, SAVED_ORDERS } from '../movie-filters.js';
import { readChoices, readMovies } from '../movie-list.js';
import { moviePath } from '../paths.js';

/** `/watchlist`: the movies that a member wants to see. */
export const watchlist = page('/watchlist', {
  isForMembers: true,
  show: async (visit) => {
    const { text, query } = visit;
    const { watchlist: words, browse } = text;
    const filters = filtersOf(query, SAVED_ORDERS);
    const [{ paged, faults }, choices] = await Promise.all([
      readMovies(visit, '/account/saved/', filters),
      readChoices(visit),
    ]);
    const isFiltered = countOf(filters) > 0;
    const isFaulty = paged.status === 400;
    return {
      title: pagedTitle(visit, words.title, paged),
      status: paged.status,
      isUnlisted: true,
      body: (
        <section class="band">
          <PosterShades />
          <div class="wrap">
            <header>
              <h1>{words.title}</h1>
              {paged.count > 0 && <p class="quiet">{text.count.movies(paged.count)}</p>}
            </header>
            {paged.count === 0 && !isFiltered && !isFaulty ? (
              <Empty visit={visit} />
            ) : (
              <div class="browse">
                <Filters visit={visit} filters={filters} choices={choices} faults={faults} />
                <div>
                  <ActiveFilters visit={visit} filters={filters} choices={choices} />
                  {isFaulty ? (
                    <FilterFaults visit={visit} faults={faults} />
                  ) : (
                    <Listing visit={visit} paged={paged} empty={<p>{browse.none}</p>}>
                      <ul class="posters">
                        {paged.results.map((movie) => (
                          <Saved movie={movie} visit={visit} />
                        ))}
                      </ul>
                    </Listing>
                  )}
                </div>
              </div>
            )}
          </div>
        </section>
      ),
    };
  },
  submit: async ({ api, request, path }, { form = '' }) => {
    const id = /^saved-(\d+)$/.exec(form)?.[1];
    if (id === undefined) throw notFound();
    await api.send('DELETE', `/account/saved/${id}/`);
    const at = request.originalUrl.indexOf('?');
    return new Redirect(`${path}${at < 0 ? '' : request.originalUrl.slice(at)}`, 303, 'takenOff');
  },
});

/** A movie of the list, and what one can do with it. */
function Saved({ movie, visit }: { movie: Movie; visit: Visit }) {
  const { watchlist: words } = visit.text;
  const about = <span class="visually-hidden">: {movie.title}</span>;
  return (
    <li>
      <Film movie={movie} visit={visit} />
      <div class="actions">
        <a href={`${moviePath(movie)}#yours`}>
          {words.review}
          {about}
        </a>
        <Form visit={visit} name={`saved-${movie.id}`} state={undefined} labels={{}} class="inline">
          <button class="link">
            {words.takeOff}
            {about}
          </button>
        </Form>
      </div>
    </li>
  );
}

function Empty({ visit: { text } }: { visit: Visit }) {
  const { watchlist: words } = text;
  return (
    <div class="message">
      <p>{words.empty}</p>
      <p class="quiet">{words.hint}</p>
      <a class="button" href="/movies">
        {words.find}
      </a>
    </div>
  );
}
