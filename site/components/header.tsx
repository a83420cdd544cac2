/** @jsxImportSource preact */
import { config } from '../../src/config.js';
import type { Member, Visit } from '../http/page.js';
import { nextOf } from '../http/sign-in.js';
import { memberPath, withNext } from '../paths.js';

/** The front of the site: name, main pages, search, and what a member has. */
export function Header({ visit }: { visit: Visit }) {
  const { text, path, query, member } = visit;
  const { layout } = text;
  const links = [
    ['/movies', layout.movies],
    ['/platforms', layout.platforms],
    ...(member ? [['/watchlist', layout.watchlist] as const] : []),
  ] as const;
  return (
    <header class="head">
      <div class="wrap">
        <a class="brand" href="/">
          <span>{config.SITE_NAME}</span>
        </a>
        <nav aria-label={layout.main}>
          {links.map(([href, label]) => (
            <a href={href} {...(path === href && { 'aria-current': 'page' })}>
              {label}
            </a>
          ))}
        </nav>
        <form class="find" role="search" action="/search">
          <input
            type="search"
            name="q"
            value={path === '/search' ? (query.get('q') ?? '') : ''}
            aria-label={layout.searchLabel}
            placeholder={layout.searchHint}
            autocomplete="off"
            maxlength={200}
            data-suggest={text.search.suggestions}
            data-suggested={text.search.suggested}
          />
          <button>
            <span>{layout.search}</span>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <circle cx="8.5" cy="8.5" r="5.5" />
              <path d="M13 13l5 5" />
            </svg>
          </button>
        </form>
        {member ? <MemberMenu visit={visit} member={member} /> : <VisitorLinks visit={visit} />}
      </div>
    </header>
  );
}

/** Pages that one is not led back to, some with a secret in their address. */
const WAYS_IN = new Set([
  '/login',
  '/register',
  '/logout',
  '/forgot-password',
  '/reset-password',
  '/confirm-email',
]);

function VisitorLinks({ visit }: { visit: Visit }) {
  const { text, request, path } = visit;
  const next = WAYS_IN.has(path) ? nextOf(visit) : request.originalUrl;
  return (
    <div class="account">
      <a href={withNext('/login', next)}>{text.layout.signIn}</a>
      <a class="button plain" href={withNext('/register', next)}>
        {text.layout.signUp}
      </a>
    </div>
  );
}

function MemberMenu({ visit: { text }, member }: { visit: Visit; member: Member }) {
  const { layout } = text;
  return (
    <details class="account menu" data-menu="">
      <summary class="button plain">
        <span>{member.username}</span>
      </summary>
      <ul>
        <li>
          <a href={memberPath(member.username)}>{layout.profile}</a>
        </li>
        <li>
          <a href="/watchlist">{layout.watchlist}</a>
        </li>
        <li>
          <a href="/settings">{layout.settings}</a>
        </li>
        {member.role !== 'user' && (
          <li>
            <a href="/admin/">{layout.panel}</a>
          </li>
        )}
        <li>
          <form method="post" action="/logout">
            <button>{layout.signOut}</button>
          </form>
        </li>
      </ul>
    </details>
  );
}
