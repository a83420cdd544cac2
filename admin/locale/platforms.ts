import type { Translated } from './translation.js';

const en = {
  actions: { list: 'Platforms' },
  properties: { name: 'Name', about: 'About', website: 'Website' },
  messages: {
    help: {
      name: 'No two platforms share one.',
      website: 'An address that begins with https:// or http://.',
    },
    confirmDelete: 'Do you really want to delete this platform, its movies and all their reviews?',
  },
};

const de: Translated<typeof en> = {
  actions: { list: 'Plattformen' },
  properties: { name: 'Name', about: 'Beschreibung', website: 'Website' },
  messages: {
    help: {
      name: 'Keine zwei Plattformen heißen gleich.',
      website: 'Eine Adresse, die mit https:// oder http:// beginnt.',
    },
    confirmDelete: 'Sollen diese Plattform, ihre Filme und alle deren Bewertungen wirklich gelöscht werden?',
  },
};

export const platforms = { en, de };
