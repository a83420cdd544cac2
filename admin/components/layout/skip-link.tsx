import { useTranslation } from 'adminjs';
import type { MouseEvent } from 'react';

function skip(event: MouseEvent): void {
  // The router would take the fragment for a page of its own.
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

/** The first link of every page: past the menu, to the content. */
export default function SkipLink() {
  const { translateComponent } = useTranslation();
  return (
    <a className="skip-link" href="#main" onClick={skip}>
      {translateComponent('Names.skip')}
    </a>
  );
}
