import type { Translated } from './translation.js';

const en = {
  actions: { list: 'Reviews' },
  properties: {
    watchlist_id: 'Movie',
    user_id: 'User',
    username: 'User',
    rating: 'Rating',
    description: 'Text',
    spoiler: 'Spoiler',
    active: 'Shown',
    created: 'Created',
    updated: 'Last change',
  },
};

const de: Translated<typeof en> = {
  actions: { list: 'Bewertungen' },
  properties: {
    watchlist_id: 'Film',
    user_id: 'Benutzer',
    username: 'Benutzer',
    rating: 'Sterne',
    description: 'Text',
    spoiler: 'Spoiler',
    active: 'Sichtbar',
    created: 'Angelegt',
    updated: 'Letzte Änderung',
  },
};

export const reviews = { en, de };
