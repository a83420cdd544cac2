import { formatsOf } from './formats.js';
import type { Language } from './languages.js';

const counted = (language: Language, one: string, several: string) => (count: number) =>
  `${formatsOf(language).number(count)} ${count === 1 ? one : several}`;

const en = {
  movies: counted('en', 'movie', 'movies'),
  platforms: counted('en', 'platform', 'platforms'),
  reviews: counted('en', 'review', 'reviews'),
  ratings: counted('en', 'rating', 'ratings'),
  minutes: counted('en', 'minute', 'minutes'),
};

const de: typeof en = {
  movies: counted('de', 'Film', 'Filme'),
  platforms: counted('de', 'Plattform', 'Plattformen'),
  reviews: counted('de', 'Kritik', 'Kritiken'),
  ratings: counted('de', 'Bewertung', 'Bewertungen'),
  minutes: counted('de', 'Minute', 'Minuten'),
};

/** Numbers of things. */
export const count = { en, de };
