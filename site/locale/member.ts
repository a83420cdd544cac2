const en = {
  since: (month: string) => `Member since ${month}`,
  given: (reviews: string) => `of 5, given in ${reviews}`,
  noReviews: (name: string) => `${name} has not reviewed a movie yet.`,
  noReviewsYours: 'You have not reviewed a movie yet.',
  find: 'Find one',
  description: (name: string, reviews: string) => `What ${name} thinks of movies: ${reviews}.`,
  title: (name: string) => `${name}: reviews`,
  settings: 'Your settings',
};

const de: typeof en = {
  since: (month) => `Mitglied seit ${month}`,
  given: (reviews) => `von 5, gegeben in ${reviews}`,
  noReviews: (name) => `${name} hat noch keinen Film besprochen.`,
  noReviewsYours: 'Sie haben noch keinen Film besprochen.',
  find: 'Einen finden',
  description: (name, reviews) => `Was ${name} von Filmen hält: ${reviews}.`,
  title: (name) => `${name}: Kritiken`,
  settings: 'Ihre Einstellungen',
};

/** A member's public profile. */
export const member = { en, de };
