import type { Page } from './http/page.js';
import { home } from './pages/home.js';
import { movies } from './pages/movies.js';
import { platform } from './pages/platform.js';
import { platforms } from './pages/platforms.js';
import { preferences } from './pages/preferences.js';
import { search } from './pages/search.js';

/** Every page of the site. */
export const pages: readonly Page[] = [home, preferences, movies, search, platforms, platform];
import { login } from './pages/login.js';
import { logout } from './pages/logout.js';
import { preferences } from './pages/preferences.js';
import { register } from './pages/register.js';

/** Every page of the site. */
export const pages: readonly Page[] = [home, preferences, register, login, logout];
