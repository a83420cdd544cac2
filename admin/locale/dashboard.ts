import type { Translated } from './translation.js';

const en = {
  all: 'Show all',
  bottom: 'Worst rated',
  distribution: 'Ratings',
  failed: 'The figures could not be loaded.',
  fresh: '{{formatted}} new in 7 days',
  hiddenOne: 'hidden',
  latest: 'Latest reviews',
  nothing: 'There is nothing here yet.',
  perDay: 'Reviews per day (UTC)',
  reviews_one: '{{formatted}} review',
  reviews_other: '{{formatted}} reviews',
  star: '1 star: {{formatted}} reviews, {{share}} %',
  stars: '{{stars}} stars: {{formatted}} reviews, {{share}} %',
  tiles: {
    movies: 'Movies',
    activeMovies: 'Active movies',
    reviews: 'Reviews',
    hidden: 'Hidden reviews',
    reported: 'Reported reviews',
    users: 'Users',
  },
  top: 'Best rated',
};

const de: Translated<typeof en> = {
  all: 'Alle zeigen',
  bottom: 'Am schlechtesten bewertet',
  distribution: 'Bewertungen',
  failed: 'Die Zahlen konnten nicht geladen werden.',
  fresh: '{{formatted}} neu in 7 Tagen',
  hiddenOne: 'verborgen',
  latest: 'Neueste Bewertungen',
  nothing: 'Hier gibt es noch nichts.',
  perDay: 'Bewertungen je Tag (UTC)',
  reviews_one: '{{formatted}} Bewertung',
  reviews_other: '{{formatted}} Bewertungen',
  star: '1 Stern: {{formatted}} Bewertungen, {{share}} %',
  stars: '{{stars}} Sterne: {{formatted}} Bewertungen, {{share}} %',
  tiles: {
    movies: 'Filme',
    activeMovies: 'Aktive Filme',
    reviews: 'Bewertungen',
    hidden: 'Verborgene Bewertungen',
    reported: 'Gemeldete Bewertungen',
    users: 'Benutzer',
  },
  top: 'Am besten bewertet',
};

export const dashboard = { en, de };
