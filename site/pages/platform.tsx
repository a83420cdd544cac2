/** @jsxImportSource preact */
import type { Movie, Platform } from '../api.js';
import { PosterShades } from '../components/drawn-poster.js';
import { Choice } from '../components/filters.js';
import { MovieListing, pagedTitle } from '../components/listing.js';
import { pageAddress, pageOf } from '../components/pages-nav.js';
import { Breadcrumbs } from '../components/structured-data.js';
import { page, type Visit } from '../http/page.js';
import { readPaged } from '../http/paged.js';
import { leadToPath } from '../http/spelling.js';
import { translate } from '../locale/messages.js';
import { apiQuery, filtersOf, isOrder, ORDERS } from '../movie-filters.js';
import { moviesPath, platformPath } from '../paths.js';

const MOVIES = 30;

/** `/platforms/<id>/<slug>`: a platform and its movies. */
export const platform = page('/platforms/:id/:slug?', {
  show: async (visit) => {
    const { api, text, params, query } = visit;
    const words = text.platforms;
    const id = encodeURIComponent(params.id ?? '');
    // The list of its movies comes by itself.
    const fields = 'id,name,about,website,watchlist_count';
    const platform = await api.get<Platform>(`/watch/platformlist/${id}/`, { fields });
    const redirect = leadToPath(visit, platformPath(platform));
    if (redirect) return redirect;
    const { order } = filtersOf(query);
    const asked = { ...filtersOf(new URLSearchParams()), order: isOrder(order) ? order : ORDERS[0] };
    const paged = await readPaged<Movie>(
      visit,
      '/watch/watchlist/',
      { ...apiQuery(asked), platform: platform.id },
      MOVIES,
    );
    return {
      title: pagedTitle(visit, platform.name, paged),
      status: isOrder(order) ? paged.status : 400,
      description: words.about(platform.name, platform.about),
      canonical: pageAddress({ ...visit, query: new URLSearchParams() }, pageOf(query)),
      head: (
        <Breadcrumbs
          visit={visit}
          trail={[
            [text.layout.platforms, '/platforms'],
            [platform.name, platformPath(platform)],
          ]}
        />
      ),
      isUnlisted: order !== ORDERS[0] || paged.status !== 200,
      body: (
        <>
          <PosterShades />
          <Front platform={platform} visit={visit} />
          <div class="bulbs" />
          <section class="band">
            <div class="wrap">
              <header>
                <h2>{words.movies(platform.name)}</h2>
                {platform.watchlist_count > 0 && <OrderForm visit={visit} order={order} />}
              </header>
              <MovieListing visit={visit} paged={paged} empty={<p>{words.none}</p>} />
            </div>
          </section>
        </>
      ),
    };
  },
});

function Front({ platform, visit: { text } }: { platform: Platform; visit: Visit }) {
  const words = text.platforms;
  const { id, name, about, website, watchlist_count } = platform;
  const host = URL.canParse(website) ? new URL(website).host : website;
  return (
    <section class="opening">
      <div class="wrap">
        <div>
          <h1 dir="auto">{name}</h1>
          <p dir="auto">{about}</p>
          <ul class="chips">
            <li>
              <a class="chip" href={moviesPath({ platform: String(id) })}>
                {words.filter} <span class="quiet">{text.count.movies(watchlist_count)}</span>
              </a>
            </li>
            <li>
              <a class="chip" href={website} rel="nofollow noopener" dir="ltr">
                {host} <span aria-hidden="true">↗</span>
              </a>
            </li>
          </ul>
        </div>
      </div>
    </section>
  );
}

function OrderForm({ visit, order }: { visit: Visit; order: string }) {
  const { text, path, query, language } = visit;
  const words = text.browse;
  const faults: Record<string, string[]> = isOrder(order)
    ? {}
    : { order: [translate(`"${order.slice(0, 40)}" is not a valid choice.`, language)] };
  const lang = query.get('lang');
  return (
    <form class="ordering" action={path} data-sparse="">
      {lang !== null && <input type="hidden" name="lang" value={lang} />}
      <Choice
        form="ordering"
        name="order"
        label={words.order}
        state={{ name: 'ordering', values: { order }, faults }}
        options={ORDERS.map((each) => [each, words.orders[each]])}
      />
      <button class="button plain">{words.apply}</button>
    </form>
  );
}
