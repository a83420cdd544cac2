const en = {
  title: 'Your watchlist',
  empty: 'Nothing is on your watchlist yet.',
  hint: 'Press “Watchlist” on a movie’s page to keep it here. Nobody else sees this list.',
  find: 'Find movies',
  takeOff: 'Take off',
  review: 'Review',
};

const de: typeof en = {
  title: 'Ihre Merkliste',
  empty: 'Auf Ihrer Merkliste steht noch nichts.',
  hint: 'Drücken Sie „Merkliste“ auf der Seite eines Films, dann steht er hier. Niemand sonst sieht diese Liste.',
  find: 'Filme finden',
  takeOff: 'Entfernen',
  review: 'Besprechen',
};

/** The movies that a member wants to see. */
export const watchlist = { en, de };
