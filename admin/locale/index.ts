import type { Locale } from 'adminjs';
import { account } from './account.js';
import { auditLog } from './audit-log.js';
import { dashboard } from './dashboard.js';
import { genres } from './genres.js';
import { importExport } from './import-export.js';
import { moderationQueue } from './moderation-queue.js';
import { movies } from './movies.js';
import { panel } from './panel.js';
import { platforms } from './platforms.js';
import { reviews } from './reviews.js';
import { users } from './users.js';
import { workbench } from './workbench.js';

const LANGUAGES = ['en', 'de'] as const;
type Language = (typeof LANGUAGES)[number];

/** The panel's languages: AdminJS's own texts, overridden by the panel's. Each area has a file here with both languages. */
export const locale: Locale = {
  language: 'en',
  availableLanguages: [...LANGUAGES],
  // The browser's language, until the user chooses one in the panel.
  localeDetection: true,
  detection: { order: ['localStorage', 'navigator'], caches: ['localStorage'] },
  // No separators: the keys of error-messages.ts are sentences, and AdminJS's client looks texts up by whole keys.
  keySeparator: false,
  nsSeparator: false,
  translations: { en: textsIn('en'), de: textsIn('de') },
};

function textsIn(language: Language) {
  const { labels, ...own } = panel[language];
  const actions = { ...own.actions, ...importExport[language].actions };
  const components = {
    ...own.components,
    ...workbench[language],
    ...importExport[language].components,
    Account: account[language],
    Dashboard: dashboard[language],
  };
  const resources = {
    stream_platforms: platforms[language],
    watch_lists: movies[language],
    genres: genres[language],
    reviews: reviews[language],
    moderation_queue: moderationQueue[language],
    users: users[language],
    audit_log: auditLog[language],
  };
  // A resource's name in the menu is the title of its list.
  const names = Object.entries(resources).map(([id, { actions }]) => [id, actions.list] as const);
  return { ...own, actions, components, labels: { ...Object.fromEntries(names), ...labels }, resources };
}
