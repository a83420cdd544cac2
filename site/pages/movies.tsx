/** @jsxImportSource preact */
import type { Genre, Movie, Platform } from '../api.js';
import { PosterShades } from '../components/drawn-poster.js';
import { ActiveFilters, type Choices, Filters } from '../components/filters.js';
import { MovieListing, pagedTitle } from '../components/listing.js';
import { pageAddress, pageOf } from '../components/pages-nav.js';
import { page, type Visit } from '../http/page.js';
import { type Paged, readPaged, rowsOf } from '../http/paged.js';
import { translate } from '../locale/messages.js';
import {
  API_NAMES,
  apiQuery,
  countOf,
  filtersOf,
  isNarrowed,
  isOrder,
  type MovieFilters,
  ORDERS,
} from '../movie-filters.js';

/** Movies of a page: whole rows of two, three, five and six. */
const MOVIES = 30;
const CHOICES = 100;

/** `/movies`: all movies, narrowed and ordered as the address says. */
export const movies = page('/movies', {
  show: async (visit) => {
    const { text } = visit;
    const words = text.browse;
    const filters = filtersOf(visit.query);
    const [{ paged, faults }, choices] = await Promise.all([readMovies(visit, filters), readChoices(visit)]);
    const isFaulty = paged.status === 400;
    const isFiltered = countOf(filters) > 0;
    return {
      title: pagedTitle(visit, words.title, paged),
      status: paged.status,
      description: words.description,
      canonical: pageAddress({ ...visit, query: new URLSearchParams() }, pageOf(visit.query)),
      isUnlisted: isNarrowed(filters) || paged.status !== 200,
      body: (
        <section class="band">
          <PosterShades />
          <div class="wrap">
            <header>
              <h1>{words.title}</h1>
              {!isFaulty && <p class="quiet">{text.count.movies(paged.count)}</p>}
            </header>
            <div class="browse">
              <Filters visit={visit} filters={filters} choices={choices} faults={faults} />
              <div>
                <ActiveFilters visit={visit} filters={filters} choices={choices} />
                {isFaulty ? (
                  <p class="summary" role="alert">
                    {words.faulty}
                  </p>
                ) : (
                  <MovieListing
                    visit={visit}
                    paged={paged}
                    empty={
                      isFiltered ? (
                        <>
                          <p>{words.none}</p>
                          <p class="quiet">{words.noneHint}</p>
                        </>
                      ) : (
                        <p>{words.empty}</p>
                      )
                    }
                  />
                )}
              </div>
            </div>
          </div>
        </section>
      ),
    };
  },
});

/** Reads the movies, and the faults of the filters by their fields. */
async function readMovies(
  visit: Visit,
  filters: MovieFilters,
): Promise<{ paged: Paged<Movie>; faults: Record<string, string[]> }> {
  // The API knows orders that the form does not offer.
  const asked = isOrder(filters.order) ? filters : { ...filters, order: ORDERS[0] };
  const paged = await readPaged<Movie>(visit, '/watch/watchlist/', apiQuery(asked), MOVIES);
  const messages: [string, string[]][] = Object.entries(API_NAMES)
    .map(([field, name]): [string, string[]] => [field, paged.faults[name] ?? []])
    .filter(([, faults]) => faults.length > 0);
  if (!isOrder(filters.order))
    messages.push(['order', [`"${filters.order.slice(0, 40)}" is not a valid choice.`]]);
  const faults = Object.fromEntries(
    messages.map(([field, faults]) => [
      field,
      field === 'from' || field === 'to'
        ? [visit.text.browse.noYear]
        : faults.map((fault) => translate(fault, visit.language)),
    ]),
  );
  return { paged: messages.length > 0 ? { ...paged, status: 400 } : paged, faults };
}

/** Reads what one can filter by. */
async function readChoices({ api }: Visit): Promise<Choices> {
  const [platforms, genres] = await Promise.all([
    api.list<Platform>('/watch/platformlist/', {
      ordering: 'name',
      page_size: rowsOf(CHOICES),
      fields: 'id,name,watchlist_count',
    }),
    api.list<Genre>('/watch/genres/', { ordering: '-watchlist_count', page_size: rowsOf(CHOICES) }),
  ]);
  return { platforms: platforms.results, genres: genres.results };
}
