import type { Locale } from 'adminjs';
import { auditLog } from './audit-log.js';
import { dashboard } from './dashboard.js';
import { exchange } from './import-export.js';
import { movies } from './movies.js';
import { panel } from './panel.js';
import { platforms } from './platforms.js';
import { queue } from './moderation-queue.js';
import { reviews } from './reviews.js';
import { users } from './users.js';

const LANGUAGES = ['en', 'de'] as const;
type Language = (typeof LANGUAGES)[number];

/** The panel's languages: AdminJS's own texts, and over them the panel's, one file here for each area in both languages. */
export const locale: Locale = {
  language: 'en',
  availableLanguages: [...LANGUAGES],
  // The browser's language, until its user picks one in the panel.
  localeDetection: true,
  detection: { order: ['localStorage', 'navigator'], caches: ['localStorage'] },
  // AdminJS's client keeps texts by their whole names, and those of faults.ts are sentences.
  keySeparator: false,
  nsSeparator: false,
  translations: { en: textsIn('en'), de: textsIn('de') },
};

function textsIn(language: Language) {
  const { labels, ...own } = panel[language];
  const actions = { ...own.actions, ...exchange[language].actions };
  const components = {
    ...own.components,
    ...exchange[language].components,
    Dashboard: dashboard[language],
  };
  const resources = {
    stream_platforms: platforms[language],
    watch_lists: movies[language],
    reviews: reviews[language],
    moderation_queue: queue[language],
    users: users[language],
    audit_log: auditLog[language],
  };
  // What a resource is called in the menu is what its list is called.
  const names = Object.entries(resources).map(([id, { actions }]) => [id, actions.list] as const);
  return { ...own, actions, components, labels: { ...Object.fromEntries(names), ...labels }, resources };
}
