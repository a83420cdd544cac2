/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

/** The frame of a page with one form: a ticket booth, its name on the front. */
export function Booth({
  heading,
  lead,
  children,
  foot,
}: {
  heading: string;
  /** A sentence below the heading. */
  lead?: ComponentChildren;
  children: ComponentChildren;
  /** Where else one may want to go. */
  foot?: ComponentChildren;
}) {
  return (
    <div class="band">
      <section class="wrap booth">
        <header>
          <h1>{heading}</h1>
          {lead !== undefined && <p>{lead}</p>}
        </header>
        <div class="bulbs" />
        <div class="booth-counter">{children}</div>
        {foot !== undefined && <footer>{foot}</footer>}
      </section>
    </div>
  );
}
