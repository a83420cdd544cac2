import type { Page } from './http/page.js';
import { home } from './pages/home.js';
import { preferences } from './pages/preferences.js';

/** Every page of the site. */
export const pages: readonly Page[] = [home, preferences];
