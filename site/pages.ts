import type { Page } from './http/page.js';
import { confirmEmail } from './pages/confirm-email.js';
import { exportData } from './pages/export.js';
import { feed, memberFeed } from './pages/feeds.js';
import { forgotPassword } from './pages/forgot-password.js';
import { home } from './pages/home.js';
import { importData } from './pages/import.js';
import { login } from './pages/login.js';
import { loginCode } from './pages/login-code.js';
import { logout } from './pages/logout.js';
import { manifest } from './pages/manifest.js';
import { member } from './pages/member.js';
import { movie } from './pages/movie.js';
import { movies } from './pages/movies.js';
import { platform } from './pages/platform.js';
import { platforms } from './pages/platforms.js';
import { preferences } from './pages/preferences.js';
import { register } from './pages/register.js';
import { resetPassword } from './pages/reset-password.js';
import { robots } from './pages/robots.js';
import { search } from './pages/search.js';
import { secondFactor } from './pages/second-factor.js';
import { settings } from './pages/settings.js';
import { sitemapOfParts, sitemapPart } from './pages/sitemaps.js';
import { watchlist } from './pages/watchlist.js';

/** Every page of the site. */
export const pages: readonly Page[] = [
  home,
  movies,
  movie,
  member,
  search,
  platforms,
  platform,
  register,
  login,
  loginCode,
  logout,
  watchlist,
  preferences,
  forgotPassword,
  resetPassword,
  confirmEmail,
  settings,
  secondFactor,
  exportData,
  importData,
  feed,
  memberFeed,
  sitemapOfParts,
  sitemapPart,
  robots,
  manifest,
];
