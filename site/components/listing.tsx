/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Movie } from '../api.js';
import type { Visit } from '../http/page.js';
import type { Paged } from '../http/paged.js';
import { Films } from './film.js';
import { lastPage, pageAddress, PagesNav } from './pages-nav.js';

/** A page of movies with links to the others, or why there is none. */
export function MovieListing({
  visit,
  paged,
  empty,
}: {
  visit: Visit;
  paged: Paged<Movie>;
  /** What an empty list says. */
  empty: ComponentChildren;
}) {
  return (
    <Listing visit={visit} paged={paged} empty={empty}>
      <Films movies={paged.results} visit={visit} />
    </Listing>
  );
}

/** The rows of a page of a list with links to the others, or why there are none. */
export function Listing({
  visit,
  paged: { count, results, size, missing },
  empty,
  children,
}: {
  visit: Visit;
  paged: Paged<unknown>;
  empty: ComponentChildren;
  /** The rows. */
  children: ComponentChildren;
}) {
  const { paging } = visit.text;
  if (missing !== undefined && count > 0) {
    const last = lastPage(count, size);
    return (
      <div class="nothing">
        <p>{paging.missing(missing.slice(0, SHOWN))}</p>
        <p>
          <a class="button" href={pageAddress(visit, last)}>
            {paging.goToLast(last)}
          </a>
        </p>
      </div>
    );
  }
  if (results.length === 0) return <div class="nothing">{empty}</div>;
  return (
    <>
      {children}
      <PagesNav visit={visit} count={count} size={size} />
    </>
  );
}

/** As much of a page's number is repeated. */
const SHOWN = 20;

/** The title of a page of a list: the first has that of the list. */
export function pagedTitle(
  { text, query }: Visit,
  title: string,
  { count, size, status }: Paged<unknown>,
): string {
  const page = Number(query.get('page') ?? 1);
  return status === 200 && page > 1
    ? `${title} · ${text.paging.position(page, lastPage(count, size))}`
    : title;
}
