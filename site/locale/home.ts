const en = {
  title: 'Movies, rated by people who watched them',
  description: 'Find a movie, read what others think of it, and rate it yourself.',
  heading: 'What are you watching tonight?',
  lead: (count: number, written: string) =>
    `${written} ${count === 1 ? 'movie or show' : 'movies and shows'}, with ratings that are exact and reviews by people who watched them.`,
  best: 'Best rated',
  trending: 'Most reviewed this month',
  newest: 'Just added',
  latest: 'Latest reviews',
  all: 'Show all',
  genres: 'Genres',
  empty: 'There are no movies yet.',
  noReviews: 'Nobody has written a review yet.',
};

const de: typeof en = {
  title: 'Filme, bewertet von Leuten, die sie gesehen haben',
  description: 'Filme finden, lesen, was andere davon halten, und selbst bewerten.',
  heading: 'Was sehen Sie heute Abend?',
  lead: (count, written) =>
    `${written} ${count === 1 ? 'Film oder Serie' : 'Filme und Serien'}, mit genauen Bewertungen und Kritiken von Leuten, die sie gesehen haben.`,
  best: 'Am besten bewertet',
  trending: 'Diesen Monat am meisten besprochen',
  newest: 'Neu dabei',
  latest: 'Neueste Kritiken',
  all: 'Alle zeigen',
  genres: 'Genres',
  empty: 'Es gibt noch keine Filme.',
  noReviews: 'Noch hat niemand eine Kritik geschrieben.',
};

/** The home page. */
export const home = { en, de };
