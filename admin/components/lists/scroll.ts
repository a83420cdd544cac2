import { useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router-dom';
import { placeIn, rememberPlace } from './list-memory.js';

/** The part of the page that scrolls. */
function scroller(): Element | null {
  return document.querySelector('[data-css="app-content"]');
}

/** Gives a record's link the focus, unless something else has it. */
function focusRow(id: string): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const row = document.querySelector(`.list-table tr[data-id="${CSS.escape(id)}"]`);
  row?.querySelector<HTMLElement>('[data-opens]')?.focus({ preventScroll: true });
}

/**
 * Keeps how far a list is scrolled. One who comes back to it sees the same rows, with the focus on the one that was opened; any
 * other page of it begins at its top.
 * @param isReady whether the rows are there
 */
export function useListScroll(resourceId: string, isReady: boolean): void {
  const { key, search, state } = useLocation();
  const type = useNavigationType();
  const returned = String(type) === 'POP' || (state as { returned?: boolean } | null)?.returned === true;
  const settled = useRef('');
  useLayoutEffect(() => {
    if (!isReady || settled.current === key) return;
    const isSamePage = settled.current === '';
    settled.current = key;
    const place = placeIn(resourceId);
    const box = scroller();
    if (!box) return;
    if (!returned || place?.search !== search) {
      if (!isSamePage) box.scrollTop = 0;
      return;
    }
    box.scrollTop = place.scroll;
    const { opened } = place;
    // In the next frame: until then the drawer that one comes from holds the focus.
    if (opened !== undefined) requestAnimationFrame(() => focusRow(opened));
  }, [isReady, key, resourceId, returned, search]);
  useLayoutEffect(() => {
    const box = scroller();
    const onScroll = () => rememberPlace(resourceId, { scroll: box?.scrollTop ?? 0 });
    box?.addEventListener('scrollend', onScroll);
    return () => {
      box?.removeEventListener('scrollend', onScroll);
      onScroll();
    };
  }, [resourceId]);
}
