/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Visit } from '../http/page.js';
import { withNext } from '../paths.js';

/** For a visitor, in place of a button that only members have: leads to sign in, and back here. */
export function SignInLink({ visit, children }: { visit: Visit; children: ComponentChildren }) {
  return (
    <a class="button plain" rel="nofollow" href={withNext('/login', visit.request.originalUrl)}>
      {children}
    </a>
  );
}
