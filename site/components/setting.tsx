/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

/** A part of the settings: what it is about, and beside it what one can do. */
export function Setting({
  id,
  heading,
  lead,
  children,
}: {
  /** The part's address in the page. */
  id: string;
  heading: string;
  lead: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <section class="setting" id={id} aria-labelledby={`${id}-heading`}>
      <div>
        <h2 id={`${id}-heading`}>{heading}</h2>
        {lead}
      </div>
      <div>{children}</div>
    </section>
  );
}

/** Tells password managers whose password a form is about. */
export function AccountName({ username }: { username: string }) {
  return <input type="text" autocomplete="username" value={username} readonly hidden />;
}
