const en = {
  title: 'Movies',
  description: 'Browse movies and shows by genre, year, platform and rating.',
  filters: 'Filters',
  platform: 'Platform',
  genre: 'Genre',
  kind: 'Kind',
  from: 'From year',
  to: 'To year',
  order: 'Order',
  any: 'Any',
  apply: 'Show',
  reset: 'Clear filters',
  none: 'No movie matches these filters.',
  orders: {
    '-weighted_rating': 'Best rated',
    '-number_rating': 'Most rated',
    '-created': 'Newest here',
    '-year': 'Latest year',
    year: 'Earliest year',
    title: 'Title',
  },
};

const de: typeof en = {
  title: 'Filme',
  description: 'Filme und Serien nach Genre, Jahr, Plattform und Bewertung durchstöbern.',
  filters: 'Filter',
  platform: 'Plattform',
  genre: 'Genre',
  kind: 'Art',
  from: 'Ab Jahr',
  to: 'Bis Jahr',
  order: 'Reihenfolge',
  any: 'Alle',
  apply: 'Zeigen',
  reset: 'Filter entfernen',
  none: 'Kein Film passt zu diesen Filtern.',
  orders: {
    '-weighted_rating': 'Am besten bewertet',
    '-number_rating': 'Am häufigsten bewertet',
    '-created': 'Neu hier',
    '-year': 'Neuestes Jahr',
    year: 'Frühestes Jahr',
    title: 'Titel',
  },
};

/** The list of movies with its filters. */
export const browse = { en, de };
