import { useContext, useEffect, useRef } from 'react';
import { UNSAFE_NavigationContext as NavigationContext } from 'react-router-dom';

/** What looks at the browser's Back and Forward before the router does; null where nothing is unsaved. */
let onPopState: ((event: PopStateEvent) => void) | null = null;

// Once, and before the router listens: an event's listeners run in the order in which they were added.
addEventListener('popstate', (event) => onPopState?.(event));

/**
 * Asks before the visitor leaves a page with unsaved changes, by a link, the browser's Back, a reload or its close button.
 * @param options.active whether there are any
 * @param options.text the question. A browser asks its own where the page ends
 * @param options.onLeave called when the visitor gives the changes up
 * @returns a function that lets the next navigation pass
 */
export function useLeaveGuard({
  active,
  text,
  onLeave,
}: {
  active: boolean;
  text: string;
  onLeave: () => void;
}): () => void {
  const { navigator } = useContext(NavigationContext);
  const passing = useRef(false);
  const leave = useRef(onLeave);
  leave.current = onLeave;
  useEffect(() => {
    passing.current = false;
    if (!active) return undefined;
    const push = navigator.push.bind(navigator);
    const replace = navigator.replace.bind(navigator);
    const index = historyIndex(history.state);
    const mayLeave = () => {
      if (passing.current) return true;
      // oxlint-disable-next-line no-alert -- the answer is needed before the router moves, and Back cannot wait for a page's own dialog.
      if (!confirm(text)) return false;
      passing.current = true;
      leave.current();
      return true;
    };
    navigator.push = (...parameters) => {
      if (mayLeave()) push(...parameters);
    };
    navigator.replace = (...parameters) => {
      if (mayLeave()) replace(...parameters);
    };
    let returning = false;
    onPopState = (event: PopStateEvent) => {
      if (returning) {
        returning = false;
        event.stopImmediatePropagation();
      } else if (!mayLeave()) {
        event.stopImmediatePropagation();
        returning = true;
        history.go(index - historyIndex(event.state));
      }
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!passing.current) event.preventDefault();
    };
    addEventListener('beforeunload', onUnload);
    return () => {
      navigator.push = push;
      navigator.replace = replace;
      onPopState = null;
      removeEventListener('beforeunload', onUnload);
    };
  }, [active, navigator, text]);
  return () => {
    passing.current = true;
  };
}

/** The place of an entry in the history, as the router counts it. */
function historyIndex(state: unknown): number {
  return Number((state as { idx?: number } | null)?.idx ?? 0);
}
