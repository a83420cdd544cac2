const en = {
  stars: (rating: number) => `${rating} of 5 stars`,
  /** What one chooses. */
  starsChosen: (rating: number) => (rating === 1 ? '1 star' : `${rating} stars`),
  average: (rating: string) => `Rated ${rating} of 5`,
  ofFive: 'of 5',
  unrated: 'Not rated yet',
  poster: (title: string) => `Poster of ${title}`,
  kinds: { movie: 'Movie', show: 'Show' },
  on: 'on',
  inactive: (platform: string) => `Not on ${platform} at the moment.`,
  distribution: 'Ratings by stars',
  weighted: (rating: string) => `Weighted rating: ${rating}`,
  weightedHow: (ratings: string, votes: string, mean: string) =>
    `Charts go by this number, so that a few ratings do not put a movie on top: it is the average of the ${ratings} here and ${votes} made-up ones of ${mean} each. The more people rate, the closer it comes to the plain average.`,
  described: (title: string, rating: string, ratings: string) =>
    `${title}: rated ${rating} of 5 in ${ratings}.`,
};

const de: typeof en = {
  stars: (rating) => `${rating} von 5 Sternen`,
  starsChosen: (rating) => (rating === 1 ? '1 Stern' : `${rating} Sterne`),
  average: (rating) => `Mit ${rating} von 5 bewertet`,
  ofFive: 'von 5',
  unrated: 'Noch nicht bewertet',
  poster: (title) => `Plakat von ${title}`,
  kinds: { movie: 'Film', show: 'Serie' },
  on: 'auf',
  inactive: (platform) => `Zurzeit nicht auf ${platform} zu sehen.`,
  distribution: 'Bewertungen nach Sternen',
  weighted: (rating) => `Gewichtete Bewertung: ${rating}`,
  weightedHow: (ratings, votes, mean) =>
    `Nach dieser Zahl richten sich die Bestenlisten, damit wenige Bewertungen keinen Film nach oben bringen: Sie ist der Durchschnitt aus ${ratings} und ${votes} gedachten von je ${mean}. Je mehr Leute bewerten, desto näher kommt sie dem einfachen Durchschnitt.`,
  described: (title, rating, ratings) => `${title}: ${rating} von 5 bei ${ratings}.`,
};

/** A movie. */
export const movie = { en, de };
