/** @jsxImportSource preact */
import type { Visit } from '../http/page.js';

/** Links to the pages of a list before and after this one. */
export function PagesNav({ visit, count, size }: { visit: Visit; count: number; size: number }) {
  const { text, query, path } = visit;
  const last = Math.max(1, Math.ceil(count / size));
  const page = pageOf(query);
  if (last === 1) return null;
  const address = (number: number) => {
    const changed = new URLSearchParams(query);
    if (number === 1) changed.delete('page');
    else changed.set('page', String(number));
    return changed.size === 0 ? path : `${path}?${changed.toString()}`;
  };
  return (
    <nav class="pages" aria-label={text.paging.label}>
      {page > 1 && (
        <a class="button plain" rel="prev" href={address(page - 1)}>
          {text.paging.previous}
        </a>
      )}
      <span>{text.paging.position(page, last)}</span>
      {page < last && (
        <a class="button plain" rel="next" href={address(page + 1)}>
          {text.paging.next}
        </a>
      )}
    </nav>
  );
}

/** The number of the page that an address names; what is no number is left to the API to refuse. */
export function pageOf(query: URLSearchParams): number {
  return Math.max(1, Number(query.get('page') ?? 1) || 1);
}
