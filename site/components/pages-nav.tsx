/** @jsxImportSource preact */
import type { Visit } from '../http/page.js';

/** The pages beside the current one that have a link each. */
const BESIDE = 2;

/** Links to the pages of a list: the first, those around this one, and the last. */
export function PagesNav({ visit, count, size }: { visit: Visit; count: number; size: number }) {
  const { text, query } = visit;
  const { paging, format } = text;
  const last = lastPage(count, size);
  const page = Math.min(pageOf(query), last);
  if (last === 1) return null;
  return (
    <nav class="pages" aria-label={paging.label}>
      {page > 1 && (
        <a class="button plain" rel="prev" href={pageAddress(visit, page - 1)}>
          {paging.previous}
        </a>
      )}
      <ol>
        {numbersAround(page, last).map((number) =>
          number === null ? (
            <li class="gap" aria-hidden="true">
              …
            </li>
          ) : (
            <li>
              <a
                href={pageAddress(visit, number)}
                aria-label={number === page ? paging.position(page, last) : paging.page(number)}
                {...(number === page && { 'aria-current': 'page' })}
              >
                {format.number(number)}
              </a>
            </li>
          ),
        )}
      </ol>
      {page < last && (
        <a class="button plain" rel="next" href={pageAddress(visit, page + 1)}>
          {paging.next}
        </a>
      )}
    </nav>
  );
}

/** The numbers that have a link; null for those between, where they are two or more. */
export function numbersAround(page: number, last: number): (number | null)[] {
  const first = Math.max(2, page - BESIDE);
  const end = Math.min(last - 1, page + BESIDE);
  const around = Array.from({ length: Math.max(0, end - first + 1) }, (_each, at) => first + at);
  const before = first === 3 ? [2] : first > 3 ? [null] : [];
  const after = end === last - 2 ? [last - 1] : end < last - 2 ? [null] : [];
  return [1, ...before, ...around, ...after, ...(last > 1 ? [last] : [])];
}

/** The number of a list's last page. */
export function lastPage(count: number, size: number): number {
  return Math.max(1, Math.ceil(count / size));
}

/** The number of the page that an address names; what is no number is left to the API to refuse. */
export function pageOf(query: URLSearchParams): number {
  return Math.max(1, Number(query.get('page') ?? 1) || 1);
}

/** The address of another page of the same list. */
export function pageAddress({ query, path }: Visit, number: number): string {
  const changed = new URLSearchParams(query);
  if (number === 1) changed.delete('page');
  else changed.set('page', String(number));
  return changed.size === 0 ? path : `${path}?${changed.toString()}`;
}
