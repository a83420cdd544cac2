/** @jsxImportSource preact */
import type { Platform } from '../api.js';
import { Listing, pagedTitle } from '../components/listing.js';
import { pageAddress, pageOf } from '../components/pages-nav.js';
import { page } from '../http/page.js';
import { readPaged } from '../http/paged.js';
import { platformPath } from '../paths.js';

const PLATFORMS = 24;

/** `/platforms`: all platforms, by name. */
export const platforms = page('/platforms', {
  show: async (visit) => {
    const { text } = visit;
    const words = text.platforms;
    // The newest movies of each would make it heavy.
    const query = { ordering: 'name', fields: 'id,name,about,watchlist_count' };
    const paged = await readPaged<Platform>(visit, '/watch/platformlist/', query, PLATFORMS);
    return {
      title: pagedTitle(visit, words.title, paged),
      status: paged.status,
      description: words.description,
      canonical: pageAddress({ ...visit, query: new URLSearchParams() }, pageOf(visit.query)),
      isUnlisted: paged.status !== 200,
      body: (
        <section class="band">
          <div class="wrap">
            <header>
              <h1>{words.title}</h1>
              <p class="quiet">{text.count.platforms(paged.count)}</p>
            </header>
            <Listing visit={visit} paged={paged} empty={<p>{words.empty}</p>}>
              <ul class="fronts">
                {paged.results.map((platform) => (
                  <li>
                    <a class="front" href={platformPath(platform)}>
                      <h2 dir="auto">{platform.name}</h2>
                      <p dir="auto">{platform.about}</p>
                      <p class="front-count">{text.count.movies(platform.watchlist_count)}</p>
                    </a>
                  </li>
                ))}
              </ul>
            </Listing>
          </div>
        </section>
      ),
    };
  },
});
