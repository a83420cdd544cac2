import { Link } from 'react-router-dom';

/** Marquee's logo, a lit sign, and its name. */
export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="36" height="36" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#1e1b4b" />
        <rect className="brand-bulbs" x="3.5" y="3.5" width="25" height="25" rx="4.5" />
        <path className="brand-letter" d="M9.5 22.5v-12l6.5 7 6.5-7v12" />
      </svg>
      Marquee
    </span>
  );
}

/** The logo above the menu, a link to the dashboard. */
export default function SidebarBranding() {
  return (
    <Link to="/admin" className="sidebar-brand">
      <Brand />
    </Link>
  );
}
