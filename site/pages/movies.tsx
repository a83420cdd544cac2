/** @jsxImportSource preact */
import { PosterShades } from '../components/drawn-poster.js';
import { ActiveFilters, FilterFaults, Filters } from '../components/filters.js';
import { MovieListing, pagedTitle } from '../components/listing.js';
import { pageAddress, pageOf } from '../components/pages-nav.js';
import { page } from '../http/page.js';
import { countOf, filtersOf, isNarrowed } from '../movie-filters.js';
import { readChoices, readMovies } from '../movie-list.js';

/** `/movies`: all movies, narrowed and ordered as the address says. */
export const movies = page('/movies', {
  show: async (visit) => {
    const { text } = visit;
    const words = text.browse;
    const filters = filtersOf(visit.query);
    const [{ paged, faults }, choices] = await Promise.all([
      readMovies(visit, '/watch/watchlist/', filters),
      readChoices(visit),
    ]);
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
            {isFaulty && <FilterFaults visit={visit} faults={faults} />}
            <div class="browse">
              <Filters visit={visit} filters={filters} choices={choices} faults={faults} />
              <div>
                <ActiveFilters visit={visit} filters={filters} choices={choices} />
                {!isFaulty && (
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
