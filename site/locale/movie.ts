const en = {
  stars: (rating: number) => `${rating} of 5 stars`,
  average: (rating: string) => `Rated ${rating} of 5`,
  unrated: 'Not rated yet',
  poster: (title: string) => `Poster of ${title}`,
  kinds: { movie: 'Movie', show: 'Show' },
  on: 'on',
};

const de: typeof en = {
  stars: (rating) => `${rating} von 5 Sternen`,
  average: (rating) => `Mit ${rating} von 5 bewertet`,
  unrated: 'Noch nicht bewertet',
  poster: (title) => `Plakat von ${title}`,
  kinds: { movie: 'Film', show: 'Serie' },
  on: 'auf',
};

/** A movie. */
export const movie = { en, de };
