import { Link } from 'react-router-dom';

/** Marquee's logo, a lit sign, and its name. */
export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="36" height="36" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#1b1430" />
        <path className="brand-letter" d="M7.5 19.5V7.5l8.5 8 8.5-8v12" />
        <path className="brand-bulbs" d="M7.5 26h17.1" />
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
