import type { Translated } from './translation.js';

const en = {
  actions: { list: 'Platforms' },
  properties: { name: 'Name', about: 'About', website: 'Website' },
  messages: {
    confirmDelete: 'Do you really want to delete this platform, its movies and all their reviews?',
  },
};

const de: Translated<typeof en> = {
  actions: { list: 'Plattformen' },
  properties: { name: 'Name', about: 'Beschreibung', website: 'Website' },
  messages: {
    confirmDelete: 'Sollen diese Plattform, ihre Filme und alle deren Bewertungen wirklich gelöscht werden?',
  },
};

export const platforms = { en, de };
