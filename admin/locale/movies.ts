import type { Translated } from './translation.js';

const en = {
  actions: { list: 'Movies' },
  properties: {
    title: 'Title',
    storyline: 'Storyline',
    platform_id: 'Platform',
    active: 'Active',
    created: 'Created',
    avg_rating: 'Average rating',
    number_rating: 'Number of ratings',
    weighted_rating: 'Weighted rating',
    rating_1: '1 star',
    rating_2: '2 stars',
    rating_3: '3 stars',
    rating_4: '4 stars',
    rating_5: '5 stars',
  },
  messages: { confirmDelete: 'Do you really want to delete this movie and all its reviews?' },
};

const de: Translated<typeof en> = {
  actions: { list: 'Filme' },
  properties: {
    title: 'Titel',
    storyline: 'Handlung',
    platform_id: 'Plattform',
    active: 'Aktiv',
    created: 'Angelegt',
    avg_rating: 'Durchschnitt',
    number_rating: 'Anzahl Bewertungen',
    weighted_rating: 'Gewichtete Bewertung',
    rating_1: '1 Stern',
    rating_2: '2 Sterne',
    rating_3: '3 Sterne',
    rating_4: '4 Sterne',
    rating_5: '5 Sterne',
  },
  messages: { confirmDelete: 'Sollen dieser Film und alle seine Bewertungen wirklich gelöscht werden?' },
};

export const movies = { en, de };
